import assert from 'node:assert/strict';
import {
  fileAddress,
  hostStanding,
  isPrivateHost,
} from '../../../../src/extension/vscode/received/fileAddress';

const API = 'https://tcl.example';

describe('the address of a received file', () => {
  it('may be relative to the platform', () => {
    assert.equal(fileAddress('/storage/1/a.png', API)?.href, 'https://tcl.example/storage/1/a.png');
    assert.equal(fileAddress('//cdn.example/a', API)?.host, 'cdn.example');
  });

  it('brings no name and no password along', () => {
    const url = fileAddress('https://tcl.example:pass@evil.example/a', API);
    assert.equal(url?.href, 'https://evil.example/a');
  });

  it('is one of the web', () => {
    for (const address of [null, '', 'data:,x', 'file:///etc/passwd', 'ftp://a/b', 'javascript:0'])
      if (address !== '') assert.equal(fileAddress(address, API), null, address ?? 'null');
    assert.equal(fileAddress('http://[', API), null);
  });

  it('is TWIN’s own by scheme, host and port', () => {
    const standing = (address: string) =>
      hostStanding(new URL(address), [API, 'not an address', 'http://127.0.0.1:8080']);
    assert.equal(standing('https://tcl.example/a'), 'own');
    assert.equal(standing('http://127.0.0.1:8080/a'), 'own');
    assert.equal(standing('http://127.0.0.1:8081/a'), 'insecure');
    assert.equal(standing('http://tcl.example/a'), 'insecure');
    assert.equal(standing('https://tcl.example:444/a'), 'other');
    assert.equal(standing('https://tcl.example.evil.example/a'), 'other');
  });

  it('tells hosts of the person’s own network', () => {
    for (const host of [
      'localhost',
      'router',
      'nas.local',
      'a.internal.',
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '[::1]',
      '[fd00::1]',
      '[fe80::1]',
      '[::ffff:10.0.0.1]',
    ])
      assert.equal(isPrivateHost(new URL(`https://${host}/`)), true, host);
    for (const host of ['example.com', '8.8.8.8', '172.32.0.1', '[2a00::1]', 'local.example'])
      assert.equal(isPrivateHost(new URL(`https://${host}/`)), false, host);
  });
});

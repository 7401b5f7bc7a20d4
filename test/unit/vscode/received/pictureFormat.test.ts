import assert from 'node:assert/strict';
import { pictureFormat } from '../../../../src/extension/vscode/received/pictureFormat';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('pictureFormat', () => {
  it('knows pictures by their bytes', () => {
    assert.equal(pictureFormat(bytes('\x89PNG\r\n\x1a\nrest')), 'png');
    assert.equal(pictureFormat(bytes('\xff\xd8\xff\xe0')), 'jpeg');
    assert.equal(pictureFormat(bytes('GIF89a')), 'gif');
    assert.equal(pictureFormat(bytes('RIFF1234WEBPVP8 ')), 'webp');
  });

  it('shows nothing that only claims to be one', () => {
    assert.equal(pictureFormat(bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')), null);
    assert.equal(pictureFormat(bytes('RIFF1234WAVE')), null);
    assert.equal(pictureFormat(new Uint8Array()), null);
  });
});

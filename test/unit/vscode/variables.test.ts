import assert from 'node:assert/strict';
import { replaceVariables } from '../../../src/extension/vscode/variables';

const values = {
  workspaceFolderBasename: 'bot',
  gitBranch: 'main',
  uuid: '42',
  env: (name: string): string => `<${name}>`,
};

describe('replaceVariables', () => {
  it('replaces each variable it knows', () => {
    const template = '${workspaceFolderBasename}/${gitBranch}/${uuid}/${env:USER}';
    assert.equal(replaceVariables(template, values), 'bot/main/42/<USER>');
  });

  it('does not read the environment for a workspace', () => {
    assert.equal(replaceVariables('${env:TOKEN}', { ...values, env: null }), '${env:TOKEN}');
  });

  it('leaves alone what it does not know', () => {
    assert.equal(
      replaceVariables('$5 ${constructor} ${uuid:x}', values),
      '$5 ${constructor} ${uuid:x}',
    );
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceVariables, VARIABLES } from '../../../src/extension/vscode/variables';
import { root } from '../../vscode/root';

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

describe('the schema of templates', () => {
  type Schema = Readonly<{ pattern: string; additionalProperties: { pattern: string } }>;
  const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as unknown;
  const manifest = read('package.json') as {
    contributes: { configuration: { properties: Readonly<Record<string, Schema>> } };
  };
  const { properties } = manifest.contributes.configuration;
  const patterns = (of: Readonly<Record<string, Schema>>) => [
    new RegExp(of['twin.sessionName']?.pattern ?? '', 'u'),
    new RegExp(of['twin.clientMetadata']?.additionalProperties.pattern ?? '', 'u'),
  ];

  const known = ['', 'plain $5 {x} $', ...VARIABLES.map((it) => `a \${${it}} b`), '${env:USER}'];
  const unknown = ['${}', '${branch}', '${uuid:x}', '${env}', '${env:}', 'a ${GitBranch}', '${'];

  it('takes what is replaced, and nothing else', () => {
    for (const pattern of patterns(properties)) {
      assert.deepEqual(
        known.filter((text) => !pattern.test(text)),
        [],
      );
      assert.deepEqual(
        unknown.filter((text) => pattern.test(text)),
        [],
      );
    }
    const replaced = known.map((text) => replaceVariables(text, values));
    assert.deepEqual(
      replaced.filter((text) => text.includes('${')),
      [],
    );
  });

  for (const language of ['en', 'ru'])
    it(`refuses the environment in what a workspace brings, in ${language}`, () => {
      const schema = read(`schemas/workspaceSettings.${language}.json`) as {
        properties: Readonly<Record<string, Schema>>;
      };
      for (const pattern of patterns(schema.properties)) {
        assert.equal(pattern.test('a ${env:USER}'), false);
        assert.equal(pattern.test('a ${uuid} $5'), true);
      }
    });
});

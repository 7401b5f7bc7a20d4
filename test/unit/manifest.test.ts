// package.json against the words and names that go with it.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, SECTION, SETTINGS, VIEW_ID } from '../../src/extension/vscode/ids';
import { root } from '../vscode/root';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const keysOf = (file: string) => Object.keys(JSON.parse(read(file)) as object).sort();

const manifestText = read('package.json');
const { contributes } = JSON.parse(manifestText) as Manifest;

describe('manifest', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  const wanted = [...new Set(used)].sort();

  for (const file of ['package.nls.json', 'package.nls.ru.json']) {
    it(`uses every text of ${file}, and no other`, () => {
      deepEqual(keysOf(file), wanted);
    });
  }

  it('declares the commands that the code knows', () => {
    const declared = contributes.commands.map(({ command }) => command);
    deepEqual(declared.sort(), Object.values(COMMANDS).sort());
  });

  it('declares the settings that the code knows', () => {
    const known = Object.values(SETTINGS).map((name) => `${SECTION}.${name}`);
    deepEqual(Object.keys(contributes.configuration.properties).sort(), known.sort());
  });

  it('declares the view that the code knows', () => {
    const declared = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
    deepEqual(declared, [VIEW_ID]);
  });
});

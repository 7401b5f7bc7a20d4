// package.json against the words and names that go with it.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  COMMANDS,
  SECTION,
  SESSIONS_VIEW_ID,
  SETTINGS,
  VIEW_ID,
} from '../../src/extension/vscode/ids';
import { root } from '../vscode/root';

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly displayName: string;
  readonly license: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const keysOf = (file: string) => Object.keys(JSON.parse(read(file)) as object).sort();

const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;

/** Width and height of a PNG, by its header. */
function sizeOfPng(file: string): readonly number[] {
  const bytes = readFileSync(path.join(root, file));
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

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

  it('declares the views that the code knows', () => {
    const declared = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
    deepEqual(declared, [VIEW_ID, SESSIONS_VIEW_ID]);
  });

  it('has what the galleries show and ask for', () => {
    const { publisher, name, displayName, license, icon, categories, keywords } = manifest;
    deepEqual([publisher, name, displayName], ['twin-chat', 'twin-chat', 'TWIN Chat']);
    deepEqual(sizeOfPng(icon), [128, 128]);
    match(manifest.galleryBanner.color, /^#[\da-f]{6}$/);
    ok(categories.includes('Chat'));
    ok(keywords.length > 0 && keywords.length <= 30, 'a gallery takes 30');
    equal(license, 'MIT');
    match(read('LICENSE'), /^MIT License/);
    match(read('CHANGELOG.md'), /^# Changelog/);
  });
});

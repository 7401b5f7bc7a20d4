// The walkthrough: short, its pictures in the colours of the theme and in both languages.
import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../src/extension/vscode/ids';
import { root } from '../vscode/root';

interface Manifest {
  readonly contributes: {
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

type Words = Readonly<Record<string, string>>;

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as Manifest;
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const LANGUAGES = { en: 'package.nls.json', ru: 'package.nls.ru.json' };
const ALLOWED = new Set<string>([...Object.values(COMMANDS), 'workbench.action.openSettings']);

const withoutWords = (picture: string) =>
  picture.replaceAll(/>[^<>]+<\/text>/g, '></text>').replaceAll(/\r/g, '');

describe('the walkthrough', () => {
  it('has four steps', () => {
    equal(steps.length, 4);
  });

  for (const [language, file] of Object.entries(LANGUAGES)) {
    const words = JSON.parse(read(file)) as Words;
    const text = (key: string) => words[key.replaceAll('%', '')] ?? '';

    it(`leads only to commands that there are, in ${language}`, () => {
      for (const { id, description, completionEvents } of steps) {
        const links = [...text(description).matchAll(/\(command:([^?)]+)/g)].map(([, to]) => to);
        deepEqual(
          links.map((link) => ALLOWED.has(link ?? '')),
          [true],
          id,
        );
        const done = completionEvents.filter((event) => event.startsWith('onCommand:'));
        for (const event of done) equal(ALLOWED.has(event.slice('onCommand:'.length)), true, event);
      }
    });

    it(`has pictures without a colour of their own, in ${language}`, () => {
      for (const { media } of steps) {
        const picture = text(media.svg);
        match(picture, new RegExp(`^media/walkthrough/\\w+\\.${language}\\.svg$`));
        equal(existsSync(path.join(root, picture)), true, picture);
        const colors = [...read(picture).matchAll(/(?:fill|stroke)="([^"]*)"/g)]
          .map(([, color]) => color ?? '')
          .filter((color) => color !== 'none' && !color.startsWith('var(--vscode-'));
        deepEqual(colors, [], picture);
      }
    });
  }

  it('has the same pictures in both languages, but for their words', () => {
    const [en, ru] = Object.values(LANGUAGES).map((file) => JSON.parse(read(file)) as Words);
    for (const { media } of steps) {
      const key = media.svg.replaceAll('%', '');
      equal(withoutWords(read(en?.[key] ?? '')), withoutWords(read(ru?.[key] ?? '')), key);
    }
  });
});

// A language that nobody speaks: every word in brackets, and longer than any real one. What is
// without brackets on the screen was never given to a translator, and what is cut off would be so in
// some language.
import assert from 'node:assert/strict';
import en from '../../l10n/en.json';
import type { Text, Texts } from '../../src/shared/texts';
import { EVERY_STATE, inEveryState, TOO_LARGE } from './everyState';
import { NOON } from './samples';
import { clipped, overflowing } from './overflowing';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const PATIENCE_MS = 90_000;
/** As much longer as German or Russian may be. */
const LONGER = 0.4;

const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };

function pseudo(text: string): string {
  const accented = text
    .split(/(\{\w+\})/)
    .map((part) =>
      part.startsWith('{') ? part : part.replaceAll(/[aeiou]/g, (it) => ACCENTS[it] ?? it),
    )
    .join('');
  const words = 'õ'
    .repeat(Math.ceil(text.length * LONGER))
    .replaceAll(/õ{6}/g, 'õõõõõ ')
    .trim();
  return `⟦${accented} ${words}⟧`;
}

const pseudoForms = (text: Text): Text =>
  typeof text === 'string'
    ? pseudo(text)
    : Object.fromEntries(Object.entries(text).map(([form, words]) => [form, pseudo(words)]));

const texts = Object.fromEntries(
  Object.entries(en).map(([key, text]) => [key, pseudoForms(text)]),
) as Texts;

/** Units, kinds of files and keys, which are the same in every language. */
const NO_WORDS = /\b(?:kB|MB|PNG|TXT|BIN|Alt|Ctrl|Enter|Shift)\b/g;

/** Every text of a value, however deep; a bot's data are shown with the names of their fields. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, it]) =>
    name === 'actions' ? [JSON.stringify(it)] : textsIn(it),
  );
}

/** What the view says by itself: texts, and the names and tooltips of what is on it. */
async function said(view: ViewPage): Promise<readonly string[]> {
  return view.page.evaluate(() => {
    const page = document.body.cloneNode(true) as HTMLElement;
    // A host's name is a piece of the sentence around it.
    for (const host of page.querySelectorAll('.host')) host.replaceWith(host.textContent);
    page.normalize();
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode() !== null) {
      const { parentElement, textContent } = walker.currentNode;
      if (parentElement?.closest('script, style') === null) found.push(textContent ?? '');
    }
    for (const element of document.querySelectorAll('#root *'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        found.push(element.getAttribute(name) ?? '');
    return found;
  });
}

const LETTERS = /\p{L}{2,}/gu;

/** Takes out what the translator gave, also where one text stands in another. */
function withoutBrackets(text: string): string {
  const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ');
  return rest === text ? text.replaceAll(NO_WORDS, ' ') : withoutBrackets(rest);
}

describe('a language that nobody speaks', () => {
  const open = withView();

  it('shows no word that is not among the texts', async function () {
    this.timeout(PATIENCE_MS);
    const view = await open({ settings: { texts } });
    const date = new Date(NOON).toLocaleDateString('en', { weekday: 'long', month: 'long' });
    const data = [date, TOO_LARGE, ...Object.values(EVERY_STATE).flatMap(textsIn)];
    const known = new Set(data.flatMap((text) => text.toLowerCase().match(LETTERS) ?? []));
    const look = async (it: ViewPage) => {
      const words = (await said(it)).flatMap((text) => withoutBrackets(text).match(LETTERS) ?? []);
      const isKnown = (word: string) => known.has(word) || known.has(`r${word}`); // "r|eport.pdf"
      return [...new Set(words)].filter((word) => !isKnown(word.toLowerCase()));
    };
    assert.deepEqual(await inEveryState(view, look), {});
  });

  it('loses nothing of its long words at 220 px', async function () {
    this.timeout(PATIENCE_MS);
    const view = await open({ width: 220, height: 900, settings: { texts } });
    const look = async (it: ViewPage) => [...(await overflowing(it)), ...(await clipped(it))];
    assert.deepEqual(await inEveryState(view, look), {});
  });
});

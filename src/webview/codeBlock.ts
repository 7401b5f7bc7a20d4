import type { CodePlace } from '../shared/intent';
import { COLORED_LENGTH, colorCode } from './codeColors';
import { h } from './dom';
import { fold } from './fold';
import { copyButton, iconButton } from './iconButton';
import { placeOf, type Place } from './placesInText';
import { FOLDED_CODE_LINES } from './textPieces';
import type { ViewContext } from './viewContext';

/** A fenced block, as the message brings it. */
export interface Code {
  readonly text: string;
  /** What the fence says after its marks: the language first. */
  readonly info: string;
  /** The file that the line above it names. */
  readonly above: Place | null;
}

/** UTF-16 units of a language's name that are shown. */
const NAME_LENGTH = 40;
/** Code with so many lines more than the folded ones is shown whole. */
const FEW_LINES = 10;
/** Of code that is shown at first, and by each "Show more". */
const FIRST_LENGTH = 5_000;
const SLICE_LINES = 200;
const NEXT_LINES = 1_000;
const NEXT_LENGTH = 50_000;

/** Code with a head that says what it is, and what can be done with it. */
export function codeBlock({ text, info, above }: Code, key: string, context: ViewContext): Node {
  const { t, post, settings } = context;
  const { language, place } = readInfo(info);
  const name = language?.slice(0, NAME_LENGTH) ?? t('view.message.code');
  const apply = iconButton('apply', t('view.code.apply'), () => {
    post({ type: 'applyCode', text, place: codePlace(place ?? above, text) });
  });
  apply.title = t(settings.trusted ? 'view.code.applyHint' : 'view.code.applyUntrusted');
  // It still says why, and leads to what can be done about it.
  if (!settings.trusted) apply.setAttribute('aria-disabled', 'true');
  const code = h('code');
  return h(
    'div',
    { class: 'code-block', data: { part: 'code' } },
    h(
      'div',
      { class: 'code-head' },
      h('bdi', { class: 'code-name' }, name),
      copyButton(t('view.code.copy'), () => text, context),
      iconButton('insert', t('view.code.insert'), () => {
        post({ type: 'insertCode', text });
      }),
      iconButton('newFile', t('view.code.newFile'), () => {
        post({ type: 'openAsNewFile', text, language });
      }),
      apply,
    ),
    // A box that scrolls must be reachable by keyboard.
    h('pre', { attrs: { tabindex: '0', role: 'group', 'aria-label': name, dir: 'ltr' } }, code),
    codeText(code, text, language, key, context),
  );
}

/** Puts the text into its place; the start of it, and buttons for the rest, where it is long. */
function codeText(
  code: HTMLElement,
  text: string,
  language: string | null,
  key: string,
  context: ViewContext,
): HTMLElement | null {
  // In slices, each coloured when it is near the window, as if it began there.
  const append = (added: string): void => {
    for (let from = 0; from < added.length;) {
      const end = endOfLines(added, from, SLICE_LINES, COLORED_LENGTH);
      const slice = h('span', {}, added.slice(from, end));
      code.append(slice);
      if (language !== null) colorCode(slice, language);
      from = end;
    }
  };
  const first = endOfLines(text, 0, FOLDED_CODE_LINES, FIRST_LENGTH);
  const few = endOfLines(text, first, FEW_LINES, FIRST_LENGTH) === text.length;
  if (few) {
    append(text);
    return null;
  }
  return fold(
    {
      key,
      first,
      whole: text.length,
      next: (from) => endOfLines(text, from, NEXT_LINES, NEXT_LENGTH),
      show: (to, from) => {
        if (to < from) code.replaceChildren();
        append(text.slice(to < from ? 0 : from, to));
      },
      more: (from) =>
        context.t('view.code.showMore', { count: text.slice(from).split('\n').length - 1 || 1 }),
    },
    context,
  );
}

/**
 * Where so many lines more end, or as many of them as fit into so many UTF-16 units; within a line
 * only where the first one does not fit.
 */
function endOfLines(text: string, from: number, lines: number, length: number): number {
  let end = from;
  for (let count = 0; count < lines && end < text.length; count += 1) {
    const next = text.indexOf('\n', end + 1);
    const lineEnd = next < 0 ? text.length : next;
    if (lineEnd - from > length) return end > from ? end : from + length;
    end = lineEnd;
  }
  return end;
}

/** ` ```ts `, ` ```ts:src/a.ts `, ` ```ts title="src/a.ts" `. */
function readInfo(info: string): {
  readonly language: string | null;
  readonly place: Place | null;
} {
  const [first = '', ...rest] = info.split(/[\s{},="']+/).filter(Boolean);
  const [, prefix = '', after = ''] = /^([^:]*):(.+)$/.exec(first) ?? [];
  const place = [after, ...rest].map(placeOf).find((found) => found !== null) ?? null;
  const language = place !== null && placeOf(after) !== null ? prefix : first;
  return { language: language === '' ? null : language, place };
}

/** One line stands for itself only where the code is one too: else it is where the code belongs. */
function codePlace(place: Place | null, text: string): CodePlace | null {
  if (place === null) return null;
  const { path, line: first, lastLine } = place;
  const last = lastLine ?? (text.includes('\n') ? null : first);
  return { path, lines: first === null || last === null ? null : { first, last } };
}

import { h } from './dom';
import type * as Highlighter from './highlighter';
import { whenNear } from './whenNear';

/**
 * UTF-16 units that get colours in one go: about 10 ms of work. What is longer stays plain, and so
 * does what has a longer line: some grammars' time grows with the square of it, or worse.
 */
export const COLORED_LENGTH = 8_000;
const LONG_LINE = /.{500}/;

let highlighter: Promise<typeof Highlighter> | null = null;
/** One after the other, each in a task of its own: many at once would stop the view. */
let queue: Promise<void> = Promise.resolve();

/** Gives a code its colours once it is near the window. Until then, and without a known language, it is plain. */
export function colorCode(code: HTMLElement, language: string): void {
  const text = code.textContent;
  if (text.length > COLORED_LENGTH || LONG_LINE.test(text)) return;
  whenNear(code, () => {
    highlighter ??= import('./highlighter');
    const loading = highlighter;
    queue = queue
      .then(() => color(code, language, loading))
      .catch(() => {
        highlighter = null; // it could not be loaded: the code stays plain, the next one tries again
      });
  });
}

async function color(
  code: HTMLElement,
  language: string,
  loading: Promise<typeof Highlighter>,
): Promise<void> {
  const { tokens } = await loading;
  await nextTask();
  const found = code.isConnected ? tokens(code.textContent, language) : null;
  if (found !== null) code.replaceChildren(...found.map(tokenNode));
}

function tokenNode({ kind, text }: Highlighter.Token): Node {
  return kind === null ? document.createTextNode(text) : h('span', { data: { token: kind } }, text);
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

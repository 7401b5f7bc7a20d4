import { librarySecrets } from './librarySecrets';
import { shapedSecrets } from './tokenShapes';

/** The end of a private key's block; such a key is recognized by its beginning. */
const BLOCK_END = /-----END [^-\n]{0,60}-----/g;
const BLOCK_BEGIN = /^(?:-----BEGIN|PuTTY-User-Key-File)/;
/** What goes on with a secret of which only so much was looked at. */
const REST = /[\w+/=-]*/y;

/** A text in which "…" stands for what has the shape of a secret, as it is looked for before it leaves. */
export function hideSecrets(text: string): string {
  const found = [...librarySecrets(text, ''), ...shapedSecrets(text)].sort(
    (a, b) => a.index - b.index,
  );
  let shown = '';
  let from = 0;
  for (const { index, end } of found) {
    if (index >= from) shown += `${text.slice(from, index)}…`;
    // The end is looked for outside of what is hidden alone: many secrets in a row have one end.
    if (end > from) from = Math.max(from, wholeEnd(text, index, end));
  }
  return shown + text.slice(from);
}

function wholeEnd(text: string, index: number, end: number): number {
  if (BLOCK_BEGIN.test(text.slice(index, index + 30))) {
    BLOCK_END.lastIndex = index;
    return BLOCK_END.test(text) ? BLOCK_END.lastIndex : text.length;
  }
  REST.lastIndex = end;
  REST.test(text);
  return REST.lastIndex;
}

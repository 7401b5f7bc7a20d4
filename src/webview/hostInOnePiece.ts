import type { Problem } from '../shared/problem';
import { h } from './dom';

/**
 * A problem's words. The host's name, with the comma after it, is one piece: it breaks at its hyphens
 * only where no line would hold it.
 */
export function hostInOnePiece(words: string, problem: Problem | null): readonly (string | Node)[] {
  const host = problem?.host ?? '';
  const at = words.indexOf(host);
  if (host === '' || at < 0) return [words];
  const start = words.lastIndexOf(' ', at) + 1;
  const end = `${words} `.indexOf(' ', at);
  return [
    words.slice(0, start),
    h('span', { class: 'host' }, words.slice(start, end)),
    words.slice(end),
  ];
}

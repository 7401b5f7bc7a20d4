import type { Problem } from '../shared/problem';
import { h } from './dom';

/** A problem's words. Its host's name breaks at hyphens only where no line would hold it. */
export function hostInOnePiece(words: string, problem: Problem | null): readonly (string | Node)[] {
  const host = problem?.host ?? '';
  const at = words.indexOf(host);
  if (host === '' || at < 0) return [words];
  return [words.slice(0, at), h('span', { class: 'host' }, host), words.slice(at + host.length)];
}

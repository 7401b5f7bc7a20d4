// Links never lead anywhere by themselves: the host opens them, and only what it allows.

import type { Intent } from '../shared/intent';

const SCHEMES = ['https:', 'http:', 'mailto:'];

/** The address as a browser would read it, or `null` for what is never a link here. */
export function safeUrl(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url !== null && SCHEMES.includes(url.protocol) ? url : null;
}

/**
 * Whether the words of a link let it seem to lead to another place than it does: by naming another
 * one, by a name before `@`, or by letters of two alphabets in one name.
 */
export function looksElsewhere(label: string, url: URL): boolean {
  if (url.username !== '') return true;
  const [, scheme = '', named = ''] =
    /^\s*([a-z][a-z\d+.-]*:(?:\/\/)?)?([^\s/?#]+)/i.exec(label) ?? [];
  if (url.protocol === 'mailto:')
    return named.includes('.') && named.toLowerCase() !== url.pathname.toLowerCase();
  const names = url.host.split('.');
  if (
    names.some((name) => name.startsWith('xn--')) &&
    !names.every((name) => name.startsWith('xn--'))
  )
    return true;
  if (scheme === '' && !/^[^.]+(\.[^.]+)*\.\p{L}{2,}(:\d+)?$/u.test(named)) return false;
  const claimed = `https://${named}`;
  return !URL.canParse(claimed) || new URL(claimed).host !== url.host;
}

/** Turns clicks on links into intents, with any button, and lets none of them navigate. */
export function interceptLinks(post: (intent: Intent) => void): void {
  const onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link === null) return;
    event.preventDefault();
    event.stopPropagation(); // VS Code's own listener would open it a second time
    if (event.button > 1) return;
    const { path, line, column } = (link as HTMLElement).dataset;
    if (path !== undefined) {
      post({ type: 'openPlace', path, line: Number(line) || null, column: Number(column) || null });
      return;
    }
    const href = link.getAttribute('href') ?? '';
    if (safeUrl(href) !== null) post({ type: 'openLink', href });
  };
  document.addEventListener('click', onClick);
  document.addEventListener('auxclick', onClick);
}

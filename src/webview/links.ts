// Links never lead anywhere by themselves: the host opens them, and only what it allows.

import type { Intent } from '../shared/intent';

const SCHEMES = ['https:', 'http:', 'mailto:'];

/** The address as a browser would read it, or `null` for what is never a link here. */
export function safeUrl(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url !== null && SCHEMES.includes(url.protocol) ? url : null;
}

/** Turns clicks on links into intents, with any button, and lets none of them navigate. */
export function interceptLinks(post: (intent: Intent) => void): void {
  const onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link === null) return;
    event.preventDefault();
    event.stopPropagation(); // VS Code's own listener would open it a second time
    const href = link.getAttribute('href') ?? '';
    if (event.button < 2 && safeUrl(href) !== null) post({ type: 'openLink', href });
  };
  document.addEventListener('click', onClick);
  document.addEventListener('auxclick', onClick);
}

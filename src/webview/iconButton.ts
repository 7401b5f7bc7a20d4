import { h } from './dom';
import { icon, type IconName } from './icons';
import type { ViewContext } from './viewContext';

/** How long the tick after copying stays, ms. */
const COPIED_FOR = 1_500;

/** A small button that is an icon, with its words for whoever hovers or listens. */
export function iconButton(name: IconName, words: string, onClick: () => void): HTMLButtonElement {
  return h(
    'button',
    { class: 'icon-button', attrs: { 'aria-label': words, title: words }, onClick },
    icon(name),
  );
}

/** One that copies a text, and says that it did. */
export function copyButton(
  words: string,
  text: () => string,
  { t, post, announcer }: ViewContext,
): HTMLButtonElement {
  const button = iconButton('copy', words, () => {
    post({ type: 'copyText', text: text() });
    announcer.say(t('view.message.copied'));
    button.replaceChildren(icon('check'));
    setTimeout(() => {
      button.replaceChildren(icon('copy'));
    }, COPIED_FOR);
  });
  return button;
}

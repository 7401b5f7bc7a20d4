import type { MessageRow } from '../shared/conversation';
import { h } from './dom';
import { icon, type IconName } from './icons';
import type { RowActions } from './rowElement';
import type { ViewContext } from './viewContext';

/** How long the tick after copying stays, ms. */
const COPIED_FOR = 1_500;

/** The small bar on a message that is hovered or has the focus. */
export function rowToolbar(
  row: () => MessageRow,
  actions: RowActions,
  context: ViewContext,
): HTMLElement {
  const { t, formats, post, announcer } = context;
  const copy = barButton('copy', t('view.message.copy'), () => {
    post({ type: 'copyText', text: row().text });
    announcer.say(t('view.message.copied'));
    copy.replaceChildren(icon('check'));
    setTimeout(() => {
      copy.replaceChildren(icon('copy'));
    }, COPIED_FOR);
  });
  const reply = barButton('reply', t('view.message.reply'), () => {
    actions.reply(row().key);
  });
  const time = h('span', { class: 'quiet toolbar-time' }, formats.time(row().at));
  return h('div', { class: 'toolbar' }, time, reply, copy);
}

function barButton(name: IconName, words: string, onClick: () => void): HTMLButtonElement {
  return h(
    'button',
    { class: 'icon-button', attrs: { 'aria-label': words, title: words }, onClick },
    icon(name),
  );
}

import type { MessageRow } from '../shared/conversation';
import { h } from './dom';
import { copyButton, iconButton } from './iconButton';
import type { RowActions } from './rowElement';
import type { ViewContext } from './viewContext';

/** The small bar on a message that is hovered or has the focus. */
export function rowToolbar(
  row: () => MessageRow,
  actions: RowActions,
  context: ViewContext,
): HTMLElement {
  const { t, formats } = context;
  const copy = copyButton(t('view.message.copy'), () => row().text, context);
  const reply = iconButton('reply', t('view.message.reply'), () => {
    actions.reply(row().key);
  });
  const time = h('span', { class: 'quiet toolbar-time' }, formats.time(row().at));
  return h('div', { class: 'toolbar' }, time, reply, copy);
}

import type { MessageRow } from '../shared/conversation';
import { h } from './dom';
import { copyButton, iconButton } from './iconButton';
import type { RowActions } from './rowElement';
import type { ViewContext } from './viewContext';

/** The small bar on a message that is hovered or has the focus. */
export function rowToolbar(
  row: () => MessageRow,
  actions: RowActions & { showRaw(raw: boolean): void },
  context: ViewContext,
): HTMLElement {
  const { t, formats, reading } = context;
  const copy = copyButton(t('view.message.copy'), () => row().text, context);
  const reply = iconButton('reply', t('view.message.reply'), () => {
    actions.reply(row().key);
  });
  reply.classList.add('reply-button');
  const raw = iconButton('raw', t('view.message.raw'), () => {
    const wanted = !reading.raw.has(row().key);
    actions.showRaw(wanted);
    raw.setAttribute('aria-pressed', `${wanted}`);
  });
  raw.setAttribute('aria-pressed', `${reading.raw.has(row().key)}`);
  raw.hidden = row().text === '';
  const time = h('span', { class: 'quiet toolbar-time' }, formats.time(row().at));
  return h('div', { class: 'toolbar' }, time, reply, copy, raw);
}

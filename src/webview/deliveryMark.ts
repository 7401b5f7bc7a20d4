import type { Delivery } from '../shared/conversation';
import type { TextKey } from '../shared/texts';
import { h } from './dom';
import { icon, type IconName } from './icons';
import type { ViewContext } from './viewContext';

const MARKS: Readonly<Record<Delivery, { readonly icon: IconName; readonly words: TextKey }>> = {
  queued: { icon: 'clock', words: 'view.delivery.queued' },
  sending: { icon: 'clock', words: 'view.delivery.sending' },
  sent: { icon: 'check', words: 'view.delivery.sent' },
  read: { icon: 'checks', words: 'view.delivery.read' },
  unknown: { icon: 'question', words: 'view.delivery.unknown' },
  failed: { icon: 'error', words: 'view.delivery.failed' },
};

/** The fate of an own message: an icon to see, words on hover and for a screen reader. */
export function deliveryMark(delivery: Delivery, { t }: ViewContext): HTMLElement {
  const mark = MARKS[delivery];
  const words = t(mark.words);
  return h(
    'span',
    { class: 'delivery', attrs: { title: words }, data: { part: 'delivery' } },
    icon(mark.icon),
    h('span', { class: 'sr-only' }, words),
  );
}

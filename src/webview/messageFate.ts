import type { Delivery, MessageRow } from '../shared/conversation';
import type { Intent } from '../shared/intent';
import type { Problem } from '../shared/problem';
import { problemText } from '../shared/problemText';
import type { TextKey } from '../shared/texts';
import { h } from './dom';
import { hostInOnePiece } from './hostInOnePiece';
import { icon, type IconName } from './icons';
import type { ViewContext } from './viewContext';

/** What became of an own message that did not simply arrive, and what the person can do. */
export type Fate = Pick<MessageRow, 'key' | 'delivery' | 'problem' | 'waitsUntil'>;

/** Not sent yet; with a problem, not at the first try. */
const WAITING: readonly Delivery[] = ['queued', 'sending'];

/** Draws the reason and the buttons under a message that failed, waits, or is of unknown fate. */
export function messageFate(fate: Fate, context: ViewContext): readonly Node[] {
  const { t } = context;
  const messageKey = fate.key;
  if (fate.delivery === 'failed') {
    const words = fate.problem === null ? null : problemText(fate.problem, t).message;
    return [
      reason('error', words ?? t('view.delivery.failed'), fate.problem),
      buttons(context, [
        ['view.message.retry', { type: 'sendAgain', messageKey }],
        ['view.message.edit', { type: 'editMessage', messageKey }],
        ['view.message.delete', { type: 'deleteMessage', messageKey }],
      ]),
    ];
  }
  if (fate.delivery === 'unknown')
    return [
      reason(
        'question',
        `${t('view.delivery.unknown')}. ${t('view.delivery.unknownNext')}`,
        fate.problem,
      ),
      buttons(context, [
        ['view.message.sendAgain', { type: 'sendAgain', messageKey }],
        ['view.message.arrived', { type: 'confirmArrived', messageKey }],
      ]),
    ];
  if (fate.delivery !== null && WAITING.includes(fate.delivery)) {
    const words = waitingWords(fate, context);
    const waiting = reason('clock', words ?? '', fate.problem);
    // The disk would bring back what is taken back: nothing can be done but make room.
    if (fate.problem?.reason === 'disk') return [waiting];
    const choices = buttons(context, [
      ['view.message.edit', { type: 'editMessage', messageKey }],
      ['view.message.delete', { type: 'deleteMessage', messageKey }],
    ]);
    // One that is about to go needs no buttons: they come if it does not.
    if (words === null) choices.classList.add(fate.delivery);
    return words === null ? [choices] : [waiting, choices];
  }
  return [];
}

function reason(sign: IconName, words: string, problem: Problem | null): HTMLElement {
  return h(
    'div',
    { class: 'fate-words' },
    icon(sign),
    h('span', {}, ...hostInOnePiece(words, problem)),
  );
}

/** Why a message has not gone yet; `null` when there is nothing to say. */
function waitingWords({ problem, waitsUntil }: Fate, { t, formats }: ViewContext): string | null {
  if (problem === null) return null;
  if (waitsUntil !== null)
    return t('view.delivery.waitsUntil', {
      time: formats.time(waitsUntil),
      host: problem.host ?? 'TWIN',
    });
  const { what, message } = problemText(problem, t);
  const saysMore = problem.reason === 'sessionEnded' || problem.reason === 'disk';
  return saysMore ? message : `${what} ${t('problem.next.waits')}`;
}

function buttons(
  { t, post }: ViewContext,
  choices: readonly (readonly [TextKey, Intent])[],
): HTMLElement {
  return h(
    'div',
    { class: 'fate-buttons' },
    ...choices.map(([key, intent]) =>
      h(
        'button',
        {
          class: 'link-button',
          onClick: () => {
            post(intent);
          },
        },
        t(key),
      ),
    ),
  );
}

import type { ConversationView } from '../shared/conversation';
import type { Intent } from '../shared/intent';
import type { Problem } from '../shared/problem';
import { problemText } from '../shared/problemText';
import type { TextKey } from '../shared/texts';
import { h } from './dom';
import { hostInOnePiece } from './hostInOnePiece';
import { icon } from './icons';
import { textButton } from './toolkit';
import type { ViewContext } from './viewContext';

type Choice = readonly [label: TextKey, intent: Intent];

const TRY_AGAIN: Choice = ['view.action.tryAgain', { type: 'restartChat' }];
const CHAT_ID: Choice = ['view.welcome.chatId', { type: 'setChatId' }];
const SHOW_LOG: Choice = ['view.action.showLog', { type: 'showLog' }];
const SETTINGS: Choice = ['view.action.settings', { type: 'openSettings' }];

/** What happened to a chat that cannot go on, and what to do next; the likeliest help first. */
export function failure(conversation: ConversationView, context: ViewContext): HTMLElement {
  const { problem } = conversation;
  const { t, post } = context;
  const words = problem === null ? null : problemText(problem, t);
  const buttons = choices(problem).map(([label, intent], index) =>
    textButton(t(label), index === 0 ? 'primary' : 'secondary', () => {
      post(intent);
    }),
  );
  return h(
    'div',
    { class: 'centre failure', data: { part: 'failure' } },
    icon('error'),
    h('p', { class: 'title' }, ...hostInOnePiece(words?.what ?? t('view.failed.title'), problem)),
    h('p', {}, words?.next ?? t('view.failed.unknown')),
    ...buttons,
  );
}

function choices(problem: Problem | null): readonly Choice[] {
  if (problem?.step === 'start' && problem.reason === 'notFound')
    return [CHAT_ID, SETTINGS, TRY_AGAIN];
  if (problem?.reason === 'protocol' || problem?.reason === 'unreachable')
    return [TRY_AGAIN, SETTINGS, SHOW_LOG];
  return [TRY_AGAIN, SHOW_LOG];
}

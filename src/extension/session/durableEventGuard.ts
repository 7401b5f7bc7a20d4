// Run-time checks for the lines of a journal: it is our own file, but disks and people change files.

import {
  isArrayOf,
  isNullOr,
  isOneOf,
  isRecord,
  isShape,
  isString,
  type Guard,
} from '../../shared/guards';
import type { Problem } from '../../shared/problem';
import type { IncomingMessage, Operator, RemoteFile, SentMessage } from '../twin/model';
import {
  isDurable,
  type DurableEvent,
  type DurableLiveEvent,
  type SessionEvent,
} from './sessionEvent';

const MANY = 1_000_000;
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isText = isNullOr(isString);
const isFigure = isNullOr(isNumber);

const isFile: Guard<RemoteFile> = isShape({
  id: isText,
  name: isString,
  contentType: isText,
  size: isFigure,
  url: isText,
});
const areFiles = isArrayOf(isFile, MANY);

const isMessage: Guard<IncomingMessage> = isShape({
  id: isText,
  author: isOneOf(['client', 'bot', 'operator']),
  authorName: isText,
  type: isOneOf(['regular', 'terminal', 'help']),
  text: isString,
  answers: isArrayOf(isString, MANY),
  // JSON by its very coming from a journal.
  actions: (value): value is IncomingMessage['actions'] => Array.isArray(value),
  attachments: areFiles,
  avatar: isNullOr(isFile),
  createdAt: isFigure,
  replyTo: isNullOr(isShape({ id: isString, text: isText })),
});

const isOperator: Guard<Operator> = isShape({
  id: isText,
  name: isText,
  avatar: isNullOr(isFile),
});

const isProblem: Guard<Problem> = isShape({
  step: isOneOf(['start', 'connect', 'send', 'upload', 'download']),
  // A reason of a later version is shown by what the view says of one it does not know.
  reason: (value): value is Problem['reason'] => typeof value === 'string',
  status: isFigure,
  host: isText,
  limit: isFigure,
});

const isSent: Guard<SentMessage> = isShape({ id: isText, createdAt: isFigure });

type Of<E, T> = Omit<Extract<E, { type: T }>, 'type'>;
type Guards<E extends { readonly type: string }> = {
  readonly [T in E['type']]: Guard<Of<E, T>>;
};

const liveGuards: Guards<DurableLiveEvent> = {
  message: isShape({ message: isMessage }),
  read: isShape({ messageId: isString }),
  operatorAssigned: isShape({ id: isText, operator: isOperator, previous: isNullOr(isOperator) }),
  operatorStatus: isShape({ operatorId: isText, previousStatus: isText, currentStatus: isString }),
  operatorLeft: isShape({ operatorId: isText }),
};

const isLiveEvent = (value: unknown): value is DurableLiveEvent => {
  const type = isRecord(value) ? value['type'] : null;
  if (typeof type !== 'string' || !Object.hasOwn(liveGuards, type)) return false;
  return liveGuards[type as DurableLiveEvent['type']](value);
};

const keyed = { at: isNumber, key: isString };
const span = { at: isNumber, from: isNumber, to: isNumber };
const isMark = (value: unknown): value is true => value === true;

/** A shape with one more field, which may be absent. */
function withOptional<T extends object, V>(
  shape: Guard<T>,
  name: string,
  guard: Guard<V>,
): Guard<T> {
  return (value): value is T =>
    shape(value) &&
    (!Object.hasOwn(value, name) || guard((value as Record<string, unknown>)[name]));
}

const guards: Guards<DurableEvent> = {
  started: withOptional(
    withOptional(
      withOptional(
        isShape({
          at: isNumber,
          sessionId: isString,
          chatId: isString,
          apiUrl: isString,
          messagesUrl: isString,
          demo: isBoolean,
          startedAt: isFigure,
          ttl: isFigure,
          messages: isArrayOf(isMessage, MANY),
        }),
        'profile',
        isString,
      ),
      'asksFirst',
      isMark,
    ),
    'awaitsSight',
    isMark,
  ),
  received: withOptional(
    withOptional(isShape({ at: isNumber, event: isLiveEvent }), 'fromHistory', isMark),
    'awaitsSight',
    isMark,
  ),
  seen: isShape({ at: isNumber, ids: isArrayOf(isString, MANY) }),
  queued: withOptional(
    withOptional(
      isShape({
        ...keyed,
        text: isString,
        attachments: areFiles,
        replyTo: isText,
        answer: isNullOr(isShape({ messageKey: isString, index: isNumber })),
      }),
      'fromDraft',
      isMark,
    ),
    'edit',
    isNumber,
  ),
  sending: isShape(keyed),
  uploaded: isShape({ ...keyed, attachments: areFiles }),
  sent: isShape({ ...keyed, sent: isSent }),
  requeued: withOptional(isShape({ ...keyed, problem: isNullOr(isProblem) }), 'until', isNumber),
  failed: isShape({ ...keyed, problem: isProblem }),
  becameUnknown: isShape(keyed),
  confirmedArrived: isShape(keyed),
  removed: withOptional(isShape(keyed), 'toDraft', isMark),
  renamed: isShape({ at: isNumber, name: isText }),
  gap: isShape(span),
  gapFilled: isShape(span),
  heard: isShape({ at: isNumber, until: isNumber }),
  resumed: isShape({ at: isNumber }),
  historyRefused: isShape({ at: isNumber }),
  ended: isShape({ at: isNumber, by: isOneOf(['bot', 'person', 'server']) }),
};

/** Whether a parsed line is an event that the reducer can take. */
export function isDurableEvent(value: unknown): value is DurableEvent {
  if (!isRecord(value) || !isString(value['type'])) return false;
  const event = value as unknown as SessionEvent;
  return isDurable(event) && guards[event.type](value);
}

import { isRecord } from '../../shared/guards';
import type { ContractDrift } from './contractDrift';
import { decodeAvatar } from './decodeFile';
import { authorOf, decodeMessage, EVENT_MESSAGE } from './decodeMessage';
import type { LiveEvent, Operator } from './model';
import { field, isAbsent, parseJson, readWord } from './reader';

const MESSAGE_FIELDS = ['id', 'body', 'type', 'answers', 'attachments', 'actions', 'authorType'];

/** What an operator does as a bot does: it may say which operator. */
const OF_ANYBODY = new Set(['showtypingindicator', 'chatmessageread']);

/**
 * Makes a {@link LiveEvent} of what came over the socket. Names are compared without case and
 * without their `Emit`; the two operator events whose names TWIN's article lost are recognised by
 * their shape, under any name but those of what an operator may do. What is not understood is an
 * `unknown` event, whole.
 *
 * Never throws, whatever comes.
 */
export function decodeEvent(name: string, payload: unknown, drift: ContractDrift): LiveEvent {
  try {
    return decodeKnown(name, payload, drift) ?? unknownEvent(name, payload, drift);
  } catch (error) {
    // Only reachable with what JSON cannot hold, such as a getter that throws.
    drift.report(`${name}(decoding)`, 'JSON', error);
    return { type: 'unknown', name, payload: null };
  }
}

function unknownEvent(name: string, payload: unknown, drift: ContractDrift): LiveEvent {
  drift.report(name, 'a documented event', payload);
  return { type: 'unknown', name, payload };
}

function decodeKnown(name: string, payload: unknown, drift: ContractDrift): LiveEvent | null {
  const record = unwrap(name, payload, drift);
  const event = name.toLowerCase().replace(/emit$/, '');
  if (record !== null && !OF_ANYBODY.has(event) && isAboutOperator(record))
    return decodeOperatorEvent(record, drift);
  switch (event) {
    case 'chatmessagecreated': {
      const isMessage = record !== null && MESSAGE_FIELDS.some((known) => has(record, known));
      return isMessage
        ? { type: 'message', message: decodeMessage(record, EVENT_MESSAGE, drift) }
        : null;
    }
    case 'showtypingindicator':
      return decodeTyping(record, payload);
    case 'chatmessageread':
      return decodeRead(record, payload, drift);
    case 'operatorstatuschanged':
      return record === null ? null : decodeStatus(record, drift);
    default:
      return null;
  }
}

/** The object of an event: also in a list, or as JSON in a string. */
function unwrap(
  name: string,
  payload: unknown,
  drift: ContractDrift,
): Record<string, unknown> | null {
  if (isRecord(payload)) return payload;
  const inner = Array.isArray(payload)
    ? (payload as readonly unknown[]).find((item) => isRecord(item))
    : typeof payload === 'string'
      ? parseJson(payload)
      : undefined;
  if (!isRecord(inner)) return null;
  drift.report(name, 'object', payload);
  return inner;
}

function has(record: Record<string, unknown>, name: string): boolean {
  return !isAbsent(field(record, name));
}

function isAboutOperator(record: Record<string, unknown>): boolean {
  return (
    (has(record, 'operatorId') || has(record, 'operatorName')) &&
    !Object.hasOwn(record, 'body') &&
    !Object.hasOwn(record, 'type')
  );
}

function decodeOperatorEvent(
  record: Record<string, unknown>,
  drift: ContractDrift,
): LiveEvent | null {
  if (Object.hasOwn(record, 'currentStatus') || Object.hasOwn(record, 'previousStatus'))
    return decodeStatus(record, drift);
  const path = 'operatorAssigned';
  const operator = decodeOperator(record, ['operatorId', 'operatorName', 'avatar'], path, drift);
  const previous = decodeOperator(
    record,
    ['previousOperatorId', 'previousOperatorName', 'previousOperatorAvatar'],
    path,
    drift,
  );
  const assigned =
    operator.name !== null ||
    previous.id !== null ||
    previous.name !== null ||
    has(record, 'id') ||
    has(record, 'avatar');
  if (!assigned) return { type: 'operatorLeft', operatorId: operator.id };
  return {
    type: 'operatorAssigned',
    id: readWord(field(record, 'id'), `${path}.id`, drift),
    operator,
    previous: previous.id === null && previous.name === null ? null : previous,
  };
}

function decodeOperator(
  record: Record<string, unknown>,
  [id, name, avatar]: readonly [string, string, string],
  path: string,
  drift: ContractDrift,
): Operator {
  return {
    id: readWord(field(record, id), `${path}.${id}`, drift),
    name: readWord(field(record, name), `${path}.${name}`, drift),
    avatar: decodeAvatar(field(record, avatar), `${path}.${avatar}`, drift),
  };
}

function decodeStatus(record: Record<string, unknown>, drift: ContractDrift): LiveEvent | null {
  const word = (name: string): string | null =>
    readWord(field(record, name), `operatorStatusChangedEmit.${name}`, drift);
  const currentStatus = word('currentStatus');
  if (currentStatus === null) return null;
  return {
    type: 'operatorStatus',
    operatorId: word('operatorId'),
    previousStatus: word('previousStatus'),
    currentStatus,
  };
}

function decodeTyping(record: Record<string, unknown> | null, payload: unknown): LiveEvent | null {
  const stated = record === null ? payload : field(record, 'authorType');
  const author = typeof stated === 'string' && stated !== '' ? authorOf(stated) : 'bot';
  // The client's own typing, echoed, is nobody's typing as seen from here.
  return author === 'client' ? null : { type: 'typing', author };
}

function decodeRead(
  record: Record<string, unknown> | null,
  payload: unknown,
  drift: ContractDrift,
): LiveEvent | null {
  const path = 'chatMessageReadEmit';
  const messageId =
    record === null
      ? readWord(payload, path, drift)
      : (readWord(field(record, 'messageId'), `${path}.messageId`, drift) ??
        readWord(field(record, 'id'), `${path}.id`, drift));
  return messageId === null ? null : { type: 'read', messageId };
}

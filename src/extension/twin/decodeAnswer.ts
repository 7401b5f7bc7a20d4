// The bodies of TWIN's REST answers. What makes an answer useless (no session id, no file id) is a
// `protocol` error; everything less is normalised and reported.

import { TwinError } from '../core/errors';
import { isRecord } from '../../shared/guards';
import type { ContractDrift } from './contractDrift';
import { decodeFile } from './decodeFile';
import { decodeMessage, HISTORY_MESSAGE, START_MESSAGE } from './decodeMessage';
import type { History, IncomingMessage, RemoteFile, SentMessage, StartedSession } from './model';
import { field, parseJson, readList, readNumber, readTime, readWord } from './reader';

/**
 * Decodes the answer to "start a session".
 *
 * @throws TwinError `protocol` without a session id
 */
export function decodeStartedSession(
  value: unknown,
  status: number,
  drift: ContractDrift,
): StartedSession {
  const record = isRecord(value) ? value : {};
  const id = readWord(field(record, 'id'), 'start.id', drift);
  if (id === null)
    throw new TwinError('protocol', 'The start answer has no session id', { status });
  const ttl = readNumber(field(record, 'ttl'), 'number', 'start.ttl', drift);
  const messages = readList(field(record, 'messages'), 'start.messages', drift);
  return {
    id,
    clientId: readWord(field(record, 'clientId'), 'start.clientId', drift),
    startedAt: readTime(field(record, 'startedAt'), 'start.startedAt', drift),
    ttl: ttl === 0 ? null : ttl,
    messages: messages.flatMap((message) => decodeStartMessage(message, drift) ?? []),
  };
}

function decodeStartMessage(value: unknown, drift: ContractDrift): IncomingMessage | null {
  if (isRecord(value)) return decodeMessage(value, START_MESSAGE, drift);
  drift.report(START_MESSAGE.path, 'object', value);
  return typeof value === 'string' && value !== ''
    ? decodeMessage({ body: value }, START_MESSAGE, drift)
    : null;
}

/**
 * Decodes the answer to "send a message". Without an id the message has been taken all the same: it
 * is only harder to match with its echo.
 *
 * @throws TwinError `protocol` when it is no object at all
 */
export function decodeSentMessage(
  value: unknown,
  status: number,
  drift: ContractDrift,
): SentMessage {
  if (!isRecord(value)) throw new TwinError('protocol', 'The send answer is no object', { status });
  const id = readWord(field(value, 'id'), 'send.id', drift);
  if (id === null) drift.report('send.id', 'string', field(value, 'id'));
  return { id, createdAt: readTime(field(value, 'createdAt'), 'send.createdAt', drift) };
}

/**
 * Decodes the answer to "history": `{count, items}`, or the list alone.
 *
 * @throws TwinError `protocol` when there is no list in it
 */
export function decodeHistory(value: unknown, status: number, drift: ContractDrift): History {
  const items = isRecord(value) ? (field(value, 'items') ?? field(value, 'messages')) : value;
  if (!Array.isArray(items)) throw new TwinError('protocol', 'The history is no list', { status });
  const count = isRecord(value)
    ? readNumber(field(value, 'count'), 'number', 'history.count', drift)
    : null;
  const messages = items.flatMap((item: unknown) =>
    isRecord(item) ? decodeMessage(item, HISTORY_MESSAGE, drift) : [],
  );
  return { count, messages };
}

/**
 * Decodes the answer to an upload of one file.
 *
 * @throws TwinError `protocol` without a file id: such a file cannot be attached
 */
export function decodeUploadedFile(
  value: unknown,
  status: number,
  drift: ContractDrift,
): RemoteFile & { readonly id: string } {
  const [first] = readList(value, 'upload', drift);
  const file = decodeFile(first, 'upload[]', drift);
  const id = file?.id ?? null;
  if (file === null || id === null)
    throw new TwinError('protocol', 'The upload answer has no file id', { status });
  return { ...file, id };
}

/**
 * Parses the body of a good answer.
 *
 * @throws TwinError `protocol` for what is no JSON, such as a proxy's page or a torn answer
 */
export function parseAnswer(body: string, status: number): unknown {
  const value = parseJson(body);
  if (value === undefined) throw new TwinError('protocol', 'The answer is no JSON', { status });
  return value;
}

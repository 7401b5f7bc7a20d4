import type { JsonValue } from '../../shared/conversation';
import { isRecord } from '../../shared/guards';
import type { ContractDrift } from './contractDrift';
import { decodeAvatar, decodeFiles } from './decodeFile';
import type { IncomingMessage } from './model';
import { field, isAbsent, parseJson, readText, readTime, readWord, toJson } from './reader';

/** Where a message stands: the documents print other shapes in the start answer than in events. */
export interface MessageShape {
  /** Prefix of the paths in the log. */
  readonly path: string;
  readonly answers: 'string' | 'object';
  readonly actions: 'array' | 'string';
  /** Whether id, type, time and author belong there by the documents. */
  readonly identified: boolean;
}

export const START_MESSAGE: MessageShape = {
  path: 'start.messages[]',
  answers: 'string',
  actions: 'array',
  identified: false,
};

export const EVENT_MESSAGE: MessageShape = {
  path: 'chatMessageCreatedEmit',
  answers: 'object',
  actions: 'string',
  identified: true,
};

export const HISTORY_MESSAGE: MessageShape = { ...EVENT_MESSAGE, path: 'history.items[]' };

/** Where an answer's text is looked for, in this order (nothing is documented). */
const ANSWER_FIELDS = ['text', 'body', 'title', 'label', 'name', 'value'] as const;

/** Decodes a message of the start answer or of `chatMessageCreatedEmit`. Never fails. */
export function decodeMessage(
  record: Record<string, unknown>,
  shape: MessageShape,
  drift: ContractDrift,
): IncomingMessage {
  const { path } = shape;
  const word = (name: string): string | null =>
    readWord(field(record, name), `${path}.${name}`, drift);
  const id = word('id');
  if (id === null && shape.identified) drift.report(`${path}.id`, 'string', field(record, 'id'));
  return {
    id,
    author: decodeAuthor(field(record, 'authorType'), shape, drift),
    authorName: word('authorName'),
    type: decodeType(field(record, 'type'), shape, drift),
    text: readText(field(record, 'body'), `${path}.body`, drift) ?? '',
    answers: decodeAnswers(field(record, 'answers'), shape, drift),
    actions: decodeActions(field(record, 'actions'), shape, drift),
    attachments: decodeFiles(field(record, 'attachments'), `${path}.attachments`, drift),
    avatar: decodeAvatar(field(record, 'avatar'), `${path}.avatar`, drift),
    createdAt: readTime(field(record, 'createdAt'), `${path}.createdAt`, drift),
    replyTo: decodeReplyTo(record, path, drift),
  };
}

function decodeAuthor(
  value: unknown,
  shape: MessageShape,
  drift: ContractDrift,
): IncomingMessage['author'] {
  if (typeof value !== 'string' || value === '') {
    // The start answer is the bot's greeting; elsewhere the bot is the likeliest to be unnamed.
    if (shape.identified) drift.report(`${shape.path}.authorType`, 'string', value);
    return 'bot';
  }
  const author = authorOf(value);
  if (value !== author.toUpperCase())
    drift.report(`${shape.path}.authorType(value)`, 'BOT, OPERATOR or CLIENT', value);
  return author;
}

/** Who is meant by an `authorType`: compared without case; what is neither is an operator. */
export function authorOf(authorType: string): IncomingMessage['author'] {
  switch (authorType.trim().toUpperCase()) {
    case 'BOT':
      return 'bot';
    case 'CLIENT':
      return 'client';
    default:
      return 'operator';
  }
}

function decodeType(
  value: unknown,
  shape: MessageShape,
  drift: ContractDrift,
): IncomingMessage['type'] {
  const upper = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (upper === 'TERMINAL') return 'terminal';
  if (upper === 'HELP') return 'help';
  if (upper !== 'REGULAR' && (shape.identified || !isAbsent(value)))
    drift.report(`${shape.path}.type`, 'REGULAR, TERMINAL or HELP', value);
  return 'regular';
}

function decodeAnswers(
  value: unknown,
  shape: MessageShape,
  drift: ContractDrift,
): readonly string[] {
  if (isAbsent(value)) return [];
  const path = `${shape.path}.answers`;
  const parsed = typeof value === 'string' ? parseJson(value) : undefined;
  const list = Array.isArray(parsed) ? parsed : value;
  if (list !== value || !Array.isArray(list)) drift.report(path, 'array', value);
  return (Array.isArray(list) ? (list as readonly unknown[]) : [list]).flatMap((item) => {
    if (typeof item !== shape.answers) drift.report(`${path}[]`, shape.answers, item);
    const text = answerText(item);
    if (text === null) drift.report(`${path}[](text)`, ANSWER_FIELDS.join(', '), item);
    return text ?? [];
  });
}

function answerText(item: unknown): string | null {
  if (typeof item === 'string') return item === '' ? null : item;
  if (typeof item === 'number') return String(item);
  if (!isRecord(item)) return null;
  for (const name of ANSWER_FIELDS) {
    const text = field(item, name);
    if (typeof text === 'string' && text !== '') return text;
    if (typeof text === 'number') return String(text);
  }
  return null;
}

function decodeActions(
  value: unknown,
  shape: MessageShape,
  drift: ContractDrift,
): readonly JsonValue[] {
  const path = `${shape.path}.actions`;
  if (isAbsent(value)) return [];
  const matches = shape.actions === 'array' ? Array.isArray(value) : typeof value === 'string';
  if (!matches) drift.report(path, shape.actions, value);
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  // Text that is no JSON says something too: it is shown as it is.
  const whole = parsed === undefined ? value : parsed;
  const list: readonly unknown[] = Array.isArray(whole) ? whole : [whole];
  return list.map((item) => toJson(item, path, drift)).filter((item) => !isEmpty(item));
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function decodeReplyTo(
  record: Record<string, unknown>,
  path: string,
  drift: ContractDrift,
): IncomingMessage['replyTo'] {
  const quoted = field(record, 'replyTo');
  if (isRecord(quoted)) {
    const id = readWord(field(quoted, 'id'), `${path}.replyTo.id`, drift);
    const text = readText(field(quoted, 'body'), `${path}.replyTo.body`, drift);
    if (id !== null) return { id, text };
  }
  const id =
    readWord(isRecord(quoted) ? null : quoted, `${path}.replyTo`, drift) ??
    readWord(field(record, 'replyToMessageId'), `${path}.replyToMessageId`, drift);
  return id === null ? null : { id, text: null };
}

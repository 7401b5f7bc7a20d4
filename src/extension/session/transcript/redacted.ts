import type {
  ConversationView,
  Happening,
  JsonValue,
  MessageRow,
  Row,
} from '../../../shared/conversation';

/**
 * The conversation with every text of a person, bot or server passed through `redact`, before
 * anything is made of it: a format's own escapes would hide what is looked for.
 */
export function redacted(
  conversation: ConversationView,
  redact: (text: string) => string,
): ConversationView {
  const { peer } = conversation;
  return {
    ...conversation,
    peer: peer && { ...peer, name: peer.name && redact(peer.name) },
    rows: conversation.rows.map((row) => redactedRow(row, redact)),
  };
}

function redactedRow(row: Row, redact: (text: string) => string): Row {
  if (row.kind === 'happening') return { ...row, happening: redactedFields(row.happening, redact) };
  return redactedMessage(row, redact);
}

function redactedMessage(row: MessageRow, redact: (text: string) => string): MessageRow {
  const { authorName, text, answers, actions, quote, attachments } = row;
  return {
    ...row,
    authorName: authorName && redact(authorName),
    text: redact(text),
    answers: answers.map(redact),
    actions: actions.map((action) => redactedJson(action, redact)),
    quote: quote && { ...quote, text: redact(quote.text) },
    attachments: attachments.map((file) => ({ ...file, name: redact(file.name) })),
  };
}

/** `type` and `by` are our own words. */
function redactedFields(happening: Happening, redact: (text: string) => string): Happening {
  const entries = Object.entries(happening).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' && name !== 'type' && name !== 'by' ? redact(value) : value,
  ]);
  return Object.fromEntries(entries) as Happening;
}

function redactedJson(value: JsonValue, redact: (text: string) => string): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactedJson(item, redact));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redact(name), redactedJson(item, redact)]),
  );
}

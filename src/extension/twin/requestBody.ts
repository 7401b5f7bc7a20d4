// The bodies of TWIN's REST calls, as pure functions: what goes can be shown before it goes.

/** How a session introduces itself (article: "Старт новой чат-сессии"). */
export interface SessionIntroduction {
  /** Shown to TWIN's operators; required by the documents. */
  readonly name: string;
  /** The caller's own id of the person. */
  readonly clientExternalId?: string;
  /** Become variables of the bot; strings are the safe kind. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** A message to send (article: "Отправка сообщения в чат сессию"). */
export interface OutgoingMessage {
  readonly text: string;
  /** Ids of uploaded files. */
  readonly attachmentIds: readonly string[];
  readonly replyToMessageId: string | null;
}

/** The exact body of "start a session". What is empty is left out. */
export function startBody(introduction: SessionIntroduction): Readonly<Record<string, unknown>> {
  const { name, clientExternalId = '', clientMetadata = {} } = introduction;
  return {
    name,
    ...(clientExternalId === '' ? {} : { clientExternalId }),
    ...(Object.keys(clientMetadata).length === 0 ? {} : { clientMetadata }),
  };
}

/** The exact body of "send a message". `attachments` always goes, as in the article's program. */
export function messageBody(message: OutgoingMessage): Readonly<Record<string, unknown>> {
  const { text, attachmentIds, replyToMessageId } = message;
  return {
    body: text,
    attachments: attachmentIds,
    ...(replyToMessageId === null ? {} : { replyToMessageId }),
  };
}

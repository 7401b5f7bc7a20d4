// What is said in a session, before it is dressed for the wire.
import type { StoredFile } from './fileStore';
import type { AuthorType, JsonObject, MessageType } from './wire';

export interface Author {
  readonly id: string;
  readonly type: AuthorType;
  readonly name: string;
  readonly avatar?: StoredFile;
}

export interface Message {
  readonly id: string;
  readonly author: Author;
  readonly type: MessageType;
  readonly body: string;
  readonly answers: readonly string[];
  readonly actions: readonly JsonObject[];
  readonly attachments: readonly StoredFile[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The id of the message this one answers; it need not be known. */
  readonly replyToMessageId?: string;
}

/** What somebody says: the parts of a message that are his to choose. */
export type Utterance = Partial<
  Pick<Message, 'type' | 'body' | 'answers' | 'actions' | 'attachments' | 'replyToMessageId'>
>;

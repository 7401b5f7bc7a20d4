import type { Author, Message, Utterance } from '../message';
import type { NewFile, StoredFile } from '../fileStore';

export const BOT_NAMES = ['echo', 'menu', 'operator', 'form'] as const;

export type BotName = (typeof BOT_NAMES)[number];

export function isBotName(name: string): name is BotName {
  return BOT_NAMES.some((known) => known === name);
}

/** What a bot can do in its session. Every step comes after the time a person would need for it. */
export interface Talk {
  /** Typing, then the message; by the bot unless `author` says otherwise. TERMINAL ends the session. */
  say(utterance: Utterance, author?: Author): Promise<void>;
  /** An operator takes over from the bot or from `previous`. */
  assign(operator: Author, previous?: Author): Promise<void>;
  changeStatus(operator: Author, previousStatus: string, currentStatus: string): Promise<void>;
  leave(operator: Author): Promise<void>;
}

/** Keeps a file on the platform, so that a message or an avatar can carry it. */
export type KeepFile = (file: NewFile) => StoredFile;

/** The other side of one session: made for it, gone with it. */
export interface Bot {
  readonly author: Author;
  greet(): readonly Utterance[];
  /** One turn; those of a session never overlap. */
  answer(message: Message, talk: Talk): Promise<void>;
}

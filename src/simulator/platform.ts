import { createBot } from './bots/createBot';
import { isBotName, type BotName } from './bots/bot';
import type { Language } from './bots/words';
import type { FileStore } from './fileStore';
import { Session, type SessionRequest, type Surroundings } from './session';

/** The chat id that the integration article prints. */
export const ARTICLE_CHAT_ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';

export interface PlatformParts {
  readonly defaultBot: BotName;
  readonly language: Language;
  readonly files: FileStore;
  readonly surroundings: Surroundings;
}

/** The sessions of the platform, and which bot is behind which chat id. */
export class Platform {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly parts: PlatformParts) {}

  find(sessionId: string): Session | undefined {
    return this.sessions.get(sessionId);
  }

  /** Starts a session, or `undefined` when nobody knows the chat id. */
  start(request: SessionRequest): Session | undefined {
    const botName = this.botOf(request.chatId);
    if (!botName) {
      return undefined;
    }
    const { files, language, surroundings } = this.parts;
    const bot = createBot(botName, language, (file) => files.add(file));
    const session = new Session(request, bot, surroundings);
    this.sessions.set(session.id, session);
    return session;
  }

  /** The last live session of the same client in the same chat. */
  lastOf({ chatId, clientExternalId }: SessionRequest): Session | undefined {
    if (clientExternalId === undefined) {
      return undefined;
    }
    return [...this.sessions.values()].findLast(
      ({ live, request }) =>
        live && request.chatId === chatId && request.clientExternalId === clientExternalId,
    );
  }

  private botOf(chatId: string): BotName | undefined {
    if (chatId === ARTICLE_CHAT_ID) {
      return this.parts.defaultBot;
    }
    return isBotName(chatId) ? chatId : undefined;
  }
}

import { randomUUID } from 'node:crypto';
import type { Author } from '../message';
import type { Bot, BotName, KeepFile } from './bot';
import { EchoBot } from './echoBot';
import { FormBot } from './formBot';
import { MenuBot } from './menuBot';
import { OperatorBot } from './operatorBot';
import { botAvatarPicture } from './pictures';
import { wordsOf, type Language } from './words';

/** A bot for one session. */
export function createBot(name: BotName, language: Language, keep: KeepFile): Bot {
  const words = wordsOf(language);
  const author: Author = {
    id: randomUUID(),
    type: 'BOT',
    name: words.botName,
    avatar: keep({
      name: 'bot.png',
      contentType: 'image/png',
      content: botAvatarPicture(),
      isPrivate: false,
    }),
  };
  switch (name) {
    case 'echo':
      return new EchoBot(author, words, keep);
    case 'menu':
      return new MenuBot(author, words);
    case 'operator':
      return new OperatorBot(author, words, keep);
    case 'form':
      return new FormBot(author, words);
  }
}

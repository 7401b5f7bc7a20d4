import { randomUUID } from 'node:crypto';
import type { Author, Message, Utterance } from '../message';
import type { Bot, KeepFile, Talk } from './bot';
import { personPicture } from './pictures';
import { wishIn, type Words } from './words';

/** Who is on the other side. */
type Stage = 'bot' | 'first' | 'second';

/**
 * Calls an operator (HELP), is replaced by her, she by another, who changes his status, says
 * goodbye and leaves; then the bot is back. Each step but the first comes of a message.
 */
export class OperatorBot implements Bot {
  private stage: Stage = 'bot';
  private readonly first: Author;
  private readonly second: Author;

  constructor(
    readonly author: Author,
    private readonly words: Words,
    keep: KeepFile,
  ) {
    const [first, second] = words.operators;
    const operator = (name: string, content: Buffer): Author => ({
      id: randomUUID(),
      type: 'OPERATOR',
      name,
      avatar: keep({ name: `${name}.png`, contentType: 'image/png', content, isPrivate: true }),
    });
    this.first = operator(first, personPicture([120, 170, 230], [86, 64, 150], [92, 52, 40]));
    this.second = operator(second, personPicture([130, 200, 160], [40, 84, 110], [52, 46, 44]));
  }

  /** Whether an operator is there: everything said is for him. */
  get engaged(): boolean {
    return this.stage !== 'bot';
  }

  greet(): readonly Utterance[] {
    const { operatorGreeting: body, wishes } = this.words;
    return [{ body, answers: [wishes.operator, wishes.stop] }];
  }

  async answer(message: Message, talk: Talk): Promise<void> {
    const wish = wishIn(message.body);
    if (wish === 'stop') {
      const author = this.present;
      this.stage = 'bot';
      await talk.say({ body: this.words.farewell, type: 'TERMINAL' }, author);
      return;
    }
    switch (this.stage) {
      case 'bot':
        await (wish === 'operator' ? this.call(talk) : talk.say(this.greet()[0] ?? {}));
        break;
      case 'first':
        await this.passOn(message, talk);
        break;
      case 'second':
        await this.finish(message, talk);
        break;
    }
  }

  async call(talk: Talk): Promise<void> {
    await talk.say({ body: this.words.operatorCalled, type: 'HELP' });
    this.stage = 'first';
    await talk.assign(this.first);
    await talk.say({ body: this.words.firstHello }, this.first);
  }

  private async passOn(message: Message, talk: Talk): Promise<void> {
    const body = this.words.firstPassesOn(asked(message));
    await talk.say({ body, replyToMessageId: message.id }, this.first);
    this.stage = 'second';
    await talk.assign(this.second, this.first);
    await talk.say({ body: this.words.secondHello }, this.second);
  }

  private async finish(message: Message, talk: Talk): Promise<void> {
    await talk.changeStatus(this.second, 'ONLINE', 'AWAY');
    await talk.changeStatus(this.second, 'AWAY', 'ONLINE');
    await talk.say({ body: this.words.secondBye(asked(message)) }, this.second);
    await talk.leave(this.second);
    this.stage = 'bot';
    const { botBack: body, wishes } = this.words;
    await talk.say({ body, answers: [wishes.operator, wishes.stop] });
  }

  private get present(): Author {
    switch (this.stage) {
      case 'bot':
        return this.author;
      case 'first':
        return this.first;
      case 'second':
        return this.second;
    }
  }
}

/** The words of a message, or the name of its file. */
function asked(message: Message): string {
  return message.body || message.attachments.map((file) => file.name).join(', ');
}

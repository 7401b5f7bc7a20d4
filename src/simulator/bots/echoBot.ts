import type { Author, Message, Utterance } from '../message';
import type { StoredFile } from '../fileStore';
import type { Bot, KeepFile, Talk } from './bot';
import { FormBot } from './formBot';
import { MenuBot } from './menuBot';
import { OperatorBot } from './operatorBot';
import { bannerPicture } from './pictures';
import { sampleFiles } from './sampleFiles';
import { wishIn, type Wish, type Words } from './words';

/**
 * The article's bot: greets with a picture, repeats what it hears, ends at "стоп". Its buttons lead
 * to what the other bots can do, so that one chat shows the whole platform.
 */
export class EchoBot implements Bot {
  private readonly menu: MenuBot;
  private readonly operator: OperatorBot;
  private readonly form: FormBot;
  /** Which of them the last answer came from: its buttons are still on the screen. */
  private open: 'nothing' | 'menu' | 'form' = 'nothing';

  constructor(
    readonly author: Author,
    private readonly words: Words,
    private readonly keep: KeepFile,
  ) {
    this.menu = new MenuBot(author, words);
    this.operator = new OperatorBot(author, words, keep);
    this.form = new FormBot(author, words);
  }

  greet(): readonly Utterance[] {
    const picture = this.keep({
      name: 'welcome.png',
      contentType: 'image/png',
      content: bannerPicture(),
      isPrivate: false,
    });
    return [{ body: this.words.echoGreeting, attachments: [picture], answers: this.wishes() }];
  }

  async answer(message: Message, talk: Talk): Promise<void> {
    if (this.operator.engaged) {
      await this.operator.answer(message, talk);
      return;
    }
    const { open } = this;
    this.open = 'nothing';
    const wish = wishIn(message.body);
    if (wish) {
      await this.grant(wish, talk);
    } else if (open === 'menu' && this.menu.offers(message.body)) {
      this.open = 'menu';
      await this.menu.answer(message, talk);
    } else if (open === 'form' && this.form.ratingIn(message.body) !== undefined) {
      await this.form.answer(message, talk);
    } else if (message.body.trim() !== '') {
      await talk.say({ body: message.body, replyToMessageId: message.id });
    }
    if (message.attachments.length > 0) {
      await talk.say(this.receipt(message.attachments));
    }
  }

  private async grant(wish: Wish, talk: Talk): Promise<void> {
    switch (wish) {
      case 'help':
        await talk.say({ body: this.words.abilities, answers: this.wishes() });
        break;
      case 'markdown':
        await talk.say({ body: this.words.markdown, answers: this.wishes() });
        break;
      case 'files':
        await talk.say({
          body: this.words.filesSent,
          attachments: sampleFiles(this.words, this.keep),
        });
        break;
      case 'operator':
        await this.operator.call(talk);
        break;
      case 'menu':
        this.open = 'menu';
        await talk.say(this.menu.reset());
        break;
      case 'form':
        this.open = 'form';
        await talk.say(this.form.greet()[0] ?? {});
        break;
      case 'stop':
        await talk.say({ body: this.words.farewell, type: 'TERMINAL' });
        break;
    }
  }

  /** Names what came; pictures go back as they are. */
  private receipt(files: readonly StoredFile[]): Utterance {
    return {
      body: files
        .map((file) => this.words.fileTaken(file.name, this.size(file.content.length)))
        .join('\n'),
      attachments: files.filter((file) => file.contentType.startsWith('image/')),
    };
  }

  private size(bytes: number): string {
    const [b, kb, mb] = this.words.sizeUnits;
    if (bytes < 1024) {
      return `${bytes} ${b}`;
    }
    const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, kb] : [bytes / 1024 / 1024, mb];
    const text = amount.toFixed(1);
    return `${this.words.decimalComma ? text.replace('.', ',') : text} ${unit}`;
  }

  private wishes(): string[] {
    const { help, markdown, operator, form, menu, stop } = this.words.wishes;
    return [help, markdown, operator, form, menu, stop];
  }
}

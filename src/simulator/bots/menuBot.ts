import type { Author, Message, Utterance } from '../message';
import type { Bot, Talk } from './bot';
import { wishIn, type Page, type Words } from './words';

/** Leads through nested pages by buttons; the bodies show what Markdown can hold. */
export class MenuBot implements Bot {
  /** From the root to the page that is open. */
  private path: Page[];

  constructor(
    readonly author: Author,
    private readonly words: Words,
  ) {
    this.path = [words.menu];
  }

  greet(): readonly Utterance[] {
    return [this.open(this.words.menu.body)];
  }

  /** Back to the first page, for a bot that shows the menu among other things. */
  reset(): Utterance {
    this.path = [this.words.menu];
    return this.open(this.words.menu.body);
  }

  /** Whether the text names something that the open page offers. */
  offers(text: string): boolean {
    return this.answers().includes(text.trim());
  }

  async answer(message: Message, talk: Talk): Promise<void> {
    if (wishIn(message.body) === 'stop') {
      await talk.say({ body: this.words.farewell, type: 'TERMINAL' });
      return;
    }
    await talk.say(this.turn(message.body.trim()));
  }

  private turn(text: string): Utterance {
    if (text === this.words.back && this.path.length > 1) {
      this.path = this.path.slice(0, -1);
      return this.open(this.page.body);
    }
    const next = this.page.pages.find(({ title }) => title === text);
    if (!next) {
      return this.open(this.words.pickOne);
    }
    this.path = [...this.path, next];
    return this.open(next.body);
  }

  private open(body: string): Utterance {
    return { body, answers: this.answers() };
  }

  private answers(): string[] {
    const titles = this.page.pages.map(({ title }) => title);
    return this.path.length > 1 ? [...titles, this.words.back] : titles;
  }

  private get page(): Page {
    return this.path.at(-1) ?? this.words.menu;
  }
}

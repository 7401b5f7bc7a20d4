import type { Author, Message, Utterance } from '../message';
import type { Bot, Talk } from './bot';
import { wishIn, type Words } from './words';

const LOWEST = 1;
const HIGHEST = 5;

/**
 * Asks for a rating through `actions`. What TWIN puts into them is nowhere stated ("for example a
 * survey form"), so this form is a likely one: a scale and four fields.
 */
export class FormBot implements Bot {
  constructor(
    readonly author: Author,
    private readonly words: Words,
  ) {}

  greet(): readonly Utterance[] {
    return [this.form(this.words.formGreeting)];
  }

  /** The rating in a text: alone, or in the line that a filled-in form has for it. */
  ratingIn(text: string): number | undefined {
    const { ratingLabel } = this.words;
    const line = text.split('\n').find((it) => it.startsWith(ratingLabel)) ?? text;
    const said = line.replace(ratingLabel, '').trim();
    const rating = /^\d$/.test(said) ? Number(said) : 0;
    return rating >= LOWEST && rating <= HIGHEST ? rating : undefined;
  }

  async answer(message: Message, talk: Talk): Promise<void> {
    if (wishIn(message.body) === 'stop') {
      await talk.say({ body: this.words.farewell, type: 'TERMINAL' });
      return;
    }
    const rating = this.ratingIn(message.body);
    await talk.say(
      rating === undefined ? this.form(this.words.formAgain) : { body: this.words.rated(rating) },
    );
  }

  private form(body: string): Utterance {
    const { formTitle, ratingLabel, fieldLabels, topics } = this.words;
    return {
      body,
      answers: Array.from({ length: HIGHEST - LOWEST + 1 }, (_, index) => String(LOWEST + index)),
      actions: [
        {
          type: 'survey',
          title: formTitle,
          scale: { label: ratingLabel, min: LOWEST, max: HIGHEST },
          fields: [
            { name: 'topic', label: fieldLabels.topic, type: 'select', options: topics },
            { name: 'name', label: fieldLabels.name, type: 'text', required: true },
            { name: 'email', label: fieldLabels.email, type: 'email', required: false },
            { name: 'comment', label: fieldLabels.comment, type: 'textarea', required: false },
          ],
        },
      ],
    };
  }
}

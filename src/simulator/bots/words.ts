import { ENGLISH } from './wordsEn';
import { RUSSIAN } from './wordsRu';

export type Language = 'en' | 'ru';

export const LANGUAGES = ['en', 'ru'] as const satisfies readonly Language[];

/** What a person may ask for; a button's text asks for the same as the bare word typed. */
export type Wish = 'help' | 'markdown' | 'files' | 'operator' | 'form' | 'menu' | 'stop';

/** One page of the menu. */
export interface Page {
  readonly title: string;
  readonly body: string;
  readonly pages: readonly Page[];
}

export interface Words {
  readonly botName: string;
  /** The texts of the buttons. */
  readonly wishes: Readonly<Record<Wish, string>>;
  /** Bare words that mean the same, in lower case. */
  readonly synonyms: Readonly<Record<Wish, readonly string[]>>;
  readonly echoGreeting: string;
  readonly abilities: string;
  readonly markdown: string;
  readonly filesSent: string;
  readonly fileNames: Readonly<Record<'table' | 'settings' | 'invoice' | 'gone', string>>;
  readonly tableContent: string;
  readonly farewell: string;
  readonly fileTaken: (name: string, size: string) => string;
  readonly sizeUnits: readonly [string, string, string];
  readonly decimalComma: boolean;
  readonly menu: Page;
  readonly back: string;
  readonly pickOne: string;
  readonly operatorGreeting: string;
  readonly operatorCalled: string;
  readonly operators: readonly [first: string, second: string];
  readonly firstHello: string;
  readonly firstPassesOn: (asked: string) => string;
  readonly secondHello: string;
  readonly secondBye: (asked: string) => string;
  readonly botBack: string;
  readonly formGreeting: string;
  readonly formTitle: string;
  readonly ratingLabel: string;
  readonly fieldLabels: Readonly<Record<'topic' | 'name' | 'email' | 'comment', string>>;
  readonly topics: readonly string[];
  readonly rated: (rating: number) => string;
  readonly formAgain: string;
}

const ALL: Readonly<Record<Language, Words>> = { en: ENGLISH, ru: RUSSIAN };

export function wordsOf(language: Language): Words {
  return ALL[language];
}

/** What the text asks for, in whichever language, or `undefined`. */
export function wishIn(text: string): Wish | undefined {
  const said = plain(text);
  for (const { wishes, synonyms } of Object.values(ALL)) {
    for (const wish of WISHES) {
      if (plain(wishes[wish]) === said || synonyms[wish].includes(said)) {
        return wish;
      }
    }
  }
  return undefined;
}

const WISHES = [
  'help',
  'markdown',
  'files',
  'operator',
  'form',
  'menu',
  'stop',
] as const satisfies Wish[];

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[.!?…]+$/, '');
}

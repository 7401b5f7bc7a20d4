import type { Language } from '../shared/texts';

/** Dates and durations as people read them in one language. Times are ms since the epoch. */
export interface Formats {
  /** `14:02` */
  time(at: number): string;
  /** `Monday, 3 March, 14:02`: for tooltips and screen readers. */
  dateTime(at: number): string;
  /** `Today`, `Yesterday`, `Monday, 3 March`; the year when it is not this one. */
  day(at: number, now: number): string;
  /** `1:05` from milliseconds. */
  duration(milliseconds: number): string;
  /** The day in which `at` lies: from its start up to the next one's. */
  dayOf(at: number): { readonly start: number; readonly end: number };
}

const DAY = 86_400_000;

const made = new Map<Language, Formats>();

/** The formats of a language, in the time zone of this machine. Each is made once. */
export function createFormats(language: Language): Formats {
  const formats = made.get(language) ?? makeFormats(language);
  made.set(language, formats);
  return formats;
}

function makeFormats(language: Language): Formats {
  const locale = language === 'en' ? preferredEnglish() : language;
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const long = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const dateTime = new Intl.DateTimeFormat(locale, { ...long, hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, long);
  const dayOfYear = new Intl.DateTimeFormat(locale, { ...long, year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    // A time of day is one word: its "PM" does not go to a line of its own.
    time: (at) => time.format(at).replaceAll(' ', '\u00a0'),
    dateTime: (at) => dateTime.format(at),
    day: (at, now) => {
      const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
      if (days === 0 || days === -1) return capitalised(relative.format(days, 'day'), locale);
      const format = new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayOfYear;
      return capitalised(format.format(at), locale);
    },
    duration: (milliseconds) => {
      const seconds = Math.max(0, Math.floor(milliseconds / 1000));
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    },
    dayOf: (at) => {
      const start = startOfDay(at);
      return { start, end: startOfDay(start + 1.5 * DAY) };
    },
  };
}

/** The person's own kind of English (14:02 or 2:02 PM), where the browser knows it. */
function preferredEnglish(): string {
  return navigator.languages.find((name) => name.startsWith('en')) ?? 'en';
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

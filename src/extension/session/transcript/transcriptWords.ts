import type { ConversationView, FileView, MessageRow, Quote } from '../../../shared/conversation';
import { asRead } from '../../../markdown/asRead';
import { displayName } from '../../../shared/displayName';
import { formatBytes } from '../../../shared/formatBytes';
import { peerName } from '../../../shared/peerName';
import { problemText } from '../../../shared/problemText';
import type { Language, Translate } from '../../../shared/texts';

/** UTF-16 units of a quote that are shown. */
const QUOTE_LENGTH = 200;

/** What a transcript is written in. */
export interface TranscriptLanguage {
  readonly language: Language;
  readonly t: Translate;
  /** The kind of English, for dates; any name of that language that `Intl` knows. */
  readonly locale: string;
  /** An IANA name. */
  readonly timeZone: string;
}

/** The sentences that transcripts for people share, whatever their marks are. */
export class TranscriptWords {
  readonly time: (at: number) => string;
  readonly day: (at: number) => string;
  readonly t: Translate;
  private readonly language: Language;
  private readonly timeZone: string;

  constructor({ language, t, locale, timeZone }: TranscriptLanguage) {
    const time = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
    const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full' });
    this.time = (at) => time.format(at);
    this.day = (at) => day.format(at);
    this.t = t;
    this.language = language;
    this.timeZone = timeZone;
  }

  title({ peer }: ConversationView): string {
    return peer === null
      ? this.t('transcript.title')
      : this.t('transcript.titleWith', { name: peerName(peer.kind, peer.name, this.t) });
  }

  /** The machine that writes need not be the one that the person sits at. */
  times(): string {
    return this.t('transcript.times', { zone: this.timeZone });
  }

  author({ author, authorName }: MessageRow): string {
    return peerName(author, authorName, this.t);
  }

  /** `14:02`, with the state of an own message. */
  when({ at, delivery }: MessageRow): string {
    const time = this.time(at);
    return delivery === null
      ? time
      : this.t('transcript.state', { time, state: this.t(`view.delivery.${delivery}`) });
  }

  /** Why an own message failed or waits. */
  problem({ problem }: MessageRow): string {
    return problem === null ? '' : problemText(problem, this.t).what;
  }

  quote(quote: Quote | null): string {
    if (quote === null) return '';
    const line = oneLine(asRead(quote.text));
    const text = line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH)}…` : line;
    return this.t('view.message.quoteOf', { text });
  }

  file({ name, size }: FileView): string {
    const shown = displayName(name);
    return size === null ? shown : `${shown} (${formatBytes(size, this.language)})`;
  }

  answers({ answers }: MessageRow): string {
    if (answers.length === 0) return '';
    return this.t('view.announce.answers', { answers: answers.map(oneLine).join(', ') });
  }

  chosen({ answers, chosenAnswer }: MessageRow): string {
    const answer = chosenAnswer === null ? undefined : answers[chosenAnswer];
    return answer === undefined ? '' : this.t('transcript.chosen', { answer: oneLine(answer) });
  }
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Line ends of any kind become `\n`. */
export function normalLines(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n');
}

export function indented(text: string, by: string): string {
  return normalLines(text)
    .replace(/^/gm, by)
    .replace(/[ \t]+$/gm, '');
}

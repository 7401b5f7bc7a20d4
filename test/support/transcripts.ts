import en from '../../l10n/en.json';
import ru from '../../l10n/ru.json';
import {
  TranscriptWriter,
  type TranscriptFormat,
} from '../../src/extension/session/transcript/renderTranscript';
import type { TranscriptLanguage } from '../../src/extension/session/transcript/transcriptWords';
import type { ConversationView, Row } from '../../src/shared/conversation';
import { translator } from '../../src/shared/texts';
import { file, happening, message, NOON, ownMessage, problem } from '../webview/samples';

export const ENGLISH: TranscriptLanguage = {
  language: 'en',
  t: translator('en', en),
  locale: 'en-GB',
  timeZone: 'UTC',
};
export const RUSSIAN: TranscriptLanguage = {
  language: 'ru',
  t: translator('ru', ru),
  locale: 'ru',
  timeZone: 'Europe/Moscow',
};

export const noPause = () => Promise.resolve();

export const write = (
  format: TranscriptFormat,
  view: ConversationView,
  language: TranscriptLanguage = ENGLISH,
) => new TranscriptWriter(format, language, noPause).write(view);

const DAY = 86_400_000;

/** A conversation of two days, with something of each kind. */
export const ROWS: readonly Row[] = [
  message('b', {
    text: 'Hello, **you**. See\n\n```ts\nconst a = 1;\n```',
    answers: ['Yes', 'No'],
    chosenAnswer: 0,
    attachments: [file()],
  }),
  ownMessage('c', {
    text: 'Yes',
    delivery: 'read',
    quote: { messageKey: 'b', text: 'Hello, **you**' },
  }),
  happening('h', { type: 'operatorAssigned', name: 'Anna' }),
  ownMessage('f', { text: 'Why?', delivery: 'failed', problem: problem(), at: NOON + DAY }),
  message('d', {
    text: '',
    author: 'operator',
    authorName: 'Anna',
    at: NOON + DAY,
    actions: [{ a: 1 }],
  }),
  { ...happening('g', { type: 'gap', from: NOON, to: NOON + 60_000 }), at: NOON + DAY },
];

// Messages that were made to break the view (R11).

import type { MessageRow } from '../../src/shared/conversation';
import { message } from './samples';

const of = (text: string) => (key: string) => message(key, { text });

export const EXTREMES = {
  '1 MB of text': of('Some words of a *text*.\n'.repeat(43_700)),
  'a line of 200 kB': of('x'.repeat(200_000)),
  'code of 10,000 lines': of(`\`\`\`ts\n${'const a = { b: 1 };\n'.repeat(10_000)}\`\`\``),
  '5,000 answers': (key: string) =>
    message(key, {
      answers: Array.from({ length: 5_000 }, (_, index) => `Answer ${index}`),
      answersOpen: true,
    }),
  '10,000 nested quotes': of(`${'> '.repeat(10_000)}deep`),
} as const satisfies Record<string, (key: string) => MessageRow>;

export type Extreme = keyof typeof EXTREMES;

import type { MessageRow } from '../../../src/shared/conversation';
import { message, NOON, ownMessage } from '../../webview/samples';

const CODE = '\n```ts\nconst total = rows.map(({ size }) => size).reduce((a, b) => a + b, 0);\n```';

/** A message as the peers were given it: two lines; every 5th has three buttons, every 10th code. */
export function benchRow(index: number): MessageRow {
  const text =
    `Message ${index}: the report is ready, and it says what you asked for yesterday.\n` +
    'Shall I send it to the others as well, or wait until you have read it?';
  const common = {
    at: NOON + index * 20_000,
    text: index % 10 === 9 ? text + CODE : text,
  };
  if (index % 5 === 4)
    return message(`m${index}`, { ...common, answers: ['Send it', 'Wait', 'Show me first'] });
  return index % 2 === 0 ? message(`m${index}`, common) : ownMessage(`m${index}`, common);
}

export function benchRows(count: number): readonly MessageRow[] {
  return Array.from({ length: count }, (_, index) => benchRow(index));
}

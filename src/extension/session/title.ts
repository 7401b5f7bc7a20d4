import type { ConversationView } from '../../shared/conversation';

/** UTF-16 units. */
const LONGEST = 80;

/** What a conversation is called: by its name, else by the first words of the person. */
export function titleOf({ name, rows }: ConversationView): string | null {
  if (name !== null) return name;
  for (const row of rows) {
    const line = row.kind === 'message' && row.author === 'client' ? firstLine(row.text) : '';
    if (line !== '') return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  }
  return null;
}

function firstLine(text: string): string {
  return (/\S.*/.exec(text)?.[0] ?? '').trim();
}

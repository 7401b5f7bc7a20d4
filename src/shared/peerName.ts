import type { MessageRow, Peer } from './conversation';
import type { TextKey, Translate } from './texts';
import { displayName } from './displayName';

const AUTHORS = {
  client: 'view.author.client',
  bot: 'view.author.bot',
  operator: 'view.author.operator',
} as const satisfies Record<MessageRow['author'], TextKey>;

/** How someone is called: by name, else by what he is. */
export function peerName(kind: Peer | 'client', name: string | null, t: Translate): string {
  const shown = kind === 'client' || name === null ? '' : displayName(name);
  return shown === '' ? t(AUTHORS[kind]) : shown;
}

import type { ConnectionState } from '../../shared/conversation';

/** VS Code's icon for how a chat stands, in the status bar and in the list of conversations. */
export const CONNECTION_ICONS: Readonly<Record<ConnectionState, string>> = {
  idle: 'comment-discussion',
  starting: 'loading~spin',
  online: 'comment-discussion',
  reconnecting: 'sync~spin',
  ended: 'comment',
  failed: 'warning',
};

import * as vscode from 'vscode';
import type { ConnectionState } from '../../shared/conversation';
import type { Translate } from '../../shared/texts';
import { CONNECTION_ICONS } from './connectionIcons';
import { COMMANDS } from './ids';
import type { UnreadCounts } from './unreadCounts';

type Unread = Pick<UnreadCounts, 'total' | 'next'>;

/** The one item in the status bar: how the chat stands, and the way to it. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'twin.status',
    vscode.StatusBarAlignment.Right,
    90,
  );
  private shown = '';

  constructor() {
    this.item.name = 'TWIN Chat';
  }

  /** @param connection `null` when there is no conversation: then there is nothing to say */
  show(connection: ConnectionState | null, { total: unread, next }: Unread, t: Translate): void {
    if (connection === null) {
      this.shown = '';
      this.item.hide();
      return;
    }
    const words =
      unread > 0
        ? t('status.unread', { count: unread })
        : connection === 'idle'
          ? t('status.none')
          : t(`status.${connection}`);
    const title = t('status.open');
    const text = `$(${unread > 0 ? 'comment-unresolved' : CONNECTION_ICONS[connection]}) ${words}`;
    const shown = [text, title, next].join('\n');
    // VS Code forgets the command it had with each new one: a click on its way would be lost.
    if (shown === this.shown) return;
    this.shown = shown;
    this.item.text = text;
    this.item.tooltip = title;
    const target = next === null ? [] : [{ key: next }];
    this.item.command = { title, command: COMMANDS.startChat, arguments: target };
    this.item.accessibilityInformation = { label: `${words}. ${title}`, role: 'button' };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

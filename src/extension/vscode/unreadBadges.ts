import * as vscode from 'vscode';
import { DisposableStore } from '../core/disposable';
import { localization } from './localization';
import type { UnreadCounts } from './unreadCounts';

const SCHEME = 'twin-session';
/** VS Code takes two characters at most. */
const MOST = 9;

/** Names a conversation to VS Code, which puts the badge beside it wherever it is listed. */
export function sessionUri(key: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${key}` });
}

/** How many messages of a conversation are unread, at the end of its line: never cut off by its title. */
export class UnreadBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changes = this.lifetime.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeFileDecorations = this.changes.event;

  constructor(private readonly unread: UnreadCounts) {
    this.lifetime.add(
      unread.onDidChange(() => {
        this.changes.fire(undefined);
      }),
    );
    this.lifetime.add(vscode.window.registerFileDecorationProvider(this));
  }

  provideFileDecoration({ scheme, path }: vscode.Uri): vscode.FileDecoration | undefined {
    const count = scheme === SCHEME ? this.unread.of(path.slice(1)) : 0;
    if (count === 0) return undefined;
    const badge = count > MOST ? `${MOST}+` : `${count}`;
    return new vscode.FileDecoration(badge, localization().t('sessions.unread', { count }));
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}

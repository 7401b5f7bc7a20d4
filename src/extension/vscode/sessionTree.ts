import * as vscode from 'vscode';
import { displayName } from '../../shared/displayName';
import { DisposableStore } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionArchive, SessionSummary } from '../session/sessionArchive';
import type { SessionManager } from '../session/sessionManager';
import { CONNECTION_ICONS } from './connectionIcons';
import { COMMANDS, SESSIONS_VIEW_ID } from './ids';
import { localization } from './localization';
import { affectsUs } from './settings';
import { transcriptLanguage } from './transcriptLanguage';
import { sessionUri } from './unreadBadges';
import { TreeRefresh } from './treeRefresh';
import type { UnreadCounts } from './unreadCounts';

const DAY = 86_400_000;

/** One conversation of the list. */
export interface SessionNode extends SessionSummary {
  readonly kind: 'session';
  readonly live: boolean;
}

interface DayNode {
  readonly kind: 'day';
  readonly label: string;
  /** Whether it is the newest of them, which is open at first. */
  readonly isFirst: boolean;
  readonly sessions: readonly SessionNode[];
}

type Node = SessionNode | DayNode;

/** The conversations as a list below the chat: those that are live, then the others by day. */
export class SessionTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changes = this.lifetime.add(new vscode.EventEmitter<undefined>());
  private readonly refresh: TreeRefresh;
  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly sessions: SessionManager,
    private readonly archive: SessionArchive,
    private readonly unread: UnreadCounts,
  ) {
    const options = { treeDataProvider: this };
    const view = this.lifetime.add(vscode.window.createTreeView(SESSIONS_VIEW_ID, options));
    this.refresh = this.lifetime.add(
      new TreeRefresh(view, () => {
        this.changes.fire(undefined);
      }),
    );
    const changed = (): void => {
      this.refresh.changed();
    };
    this.lifetime.add(sessions.onDidChangeSessions(changed));
    this.lifetime.add(unread.onDidChange(changed));
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affectsUs(change)) changed();
      }),
    );
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return node.kind === 'day' ? [...node.sessions] : [];
    return this.refresh.answer(() => this.roots());
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'day' ? dayItem(node) : this.sessionItem(node);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async roots(): Promise<Node[]> {
    await this.sessions.resumeLast();
    const live = this.sessions.sessions.filter((it) => it.isLive || this.unread.of(it.key) > 0);
    const onTop = new Set(live.map(({ key }) => key));
    const archived = (await this.archive.list()).filter(({ key }) => !onTop.has(key));
    return [...live.map(asNode).reverse(), ...byDay(archived)];
  }

  private sessionItem(node: SessionNode): vscode.TreeItem {
    const { t } = localization();
    const { locale } = transcriptLanguage();
    const session = this.sessions.byKey(node.key);
    const label = titleOrPeer(node);
    const isCurrent = session !== null && session === this.sessions.current;
    const item = new vscode.TreeItem(label);
    const connection = node.live && session !== null ? session.conversation.connection : 'ended';
    const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
    const unread = this.unread.of(node.key);
    const state = node.live ? t(`view.connection.${connection}`) : time.format(node.startedAt);
    // No id: VS Code refuses one that comes again before it has let go of the item before.
    item.resourceUri = sessionUri(node.key);
    item.description = state;
    item.iconPath = new vscode.ThemeIcon(
      unread > 0 ? 'comment-unresolved' : CONNECTION_ICONS[connection],
      isCurrent ? new vscode.ThemeColor('textLink.foreground') : undefined,
    );
    item.contextValue = node.live ? 'live' : 'past';
    const when = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
    const peer = node.peer === null ? '' : `\n${displayName(node.peer)}`;
    item.tooltip = `${label}${peer}\n${when.format(node.startedAt)}`;
    const said = [
      label,
      ...(unread > 0 ? [t('sessions.unread', { count: unread })] : []),
      state,
      ...(isCurrent ? [t('sessions.shown')] : []),
    ];
    item.accessibilityInformation = { label: said.join(', ') };
    item.command = {
      command: COMMANDS.openSession,
      title: t('sessions.open'),
      arguments: [node],
    };
    return item;
  }
}

export function titleOrPeer({ title, peer }: Pick<SessionSummary, 'title' | 'peer'>): string {
  const name = displayName(title ?? peer ?? '');
  return name === '' ? localization().t('sessions.untitled') : name;
}

function asNode(session: ChatSession): SessionNode {
  const { conversation, key, title } = session;
  const startedAt = conversation.rows[0]?.at ?? Date.now();
  const peer = conversation.peer?.name ?? null;
  return { kind: 'session', live: true, key, title, peer, startedAt };
}

function dayItem({ label, isFirst }: DayNode): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, isFirst ? Expanded : Collapsed);
  item.contextValue = 'day';
  return item;
}

/** @param summaries newest first */
function byDay(summaries: readonly SessionSummary[]): readonly DayNode[] {
  const days = new Map<string, SessionNode[]>();
  for (const summary of summaries) {
    const label = dayOf(summary.startedAt);
    days.set(label, [...(days.get(label) ?? []), { ...summary, kind: 'session', live: false }]);
  }
  return [...days].map(([label, sessions], index) => ({
    ...{ kind: 'day' as const, label, sessions },
    isFirst: index === 0,
  }));
}

function dayOf(at: number): string {
  const { t } = localization();
  const day = new Intl.DateTimeFormat(transcriptLanguage().locale, { dateStyle: 'long' });
  const label = day.format(at);
  if (label === day.format(Date.now())) return t('sessions.today');
  return label === day.format(Date.now() - DAY) ? t('sessions.yesterday') : label;
}

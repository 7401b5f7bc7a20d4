import * as vscode from 'vscode';
import { displayName } from '../../shared/displayName';
import type { SessionArchive } from '../session/sessionArchive';
import type { SessionManager } from '../session/sessionManager';
import type { ChatViewProvider } from './chatViewProvider';
import { localization } from './localization';
import { titleOrPeer } from './sessionTree';
import { transcriptLanguage } from './transcriptLanguage';

/** Results that are shown; more are too many to be read. */
const MOST = 100;
/** Characters of a message before what was found in it. */
const BEFORE = 30;

interface Message {
  readonly session: string;
  readonly key: string;
  readonly title: string;
  readonly at: number;
  readonly text: string;
  /** The text as it is compared. */
  readonly folded: string;
}

interface Found extends vscode.QuickPickItem {
  /** `null` for what only says that there is nothing. */
  readonly message: Pick<Message, 'session' | 'key'> | null;
}

/** Looks for words in every conversation of the disk, by VS Code's own list. */
export class SessionSearch {
  constructor(
    private readonly sessions: SessionManager,
    private readonly archive: SessionArchive,
    private readonly view: ChatViewProvider,
  ) {}

  /** Resolves when the list is closed. */
  async run(): Promise<void> {
    const { t } = localization();
    await this.sessions.flush(); // what was just said is looked through as well
    const pick = vscode.window.createQuickPick<Found>();
    pick.title = t('sessions.search');
    pick.placeholder = t('sessions.searchHint');
    pick.busy = true;
    const messages: Message[] = [];
    const show = (): void => {
      const found = matches(messages, pick.value);
      const nothing = { label: t('sessions.searchNothing'), alwaysShow: true, message: null };
      pick.items = found.length > 0 || pick.busy || pick.value === '' ? found : [nothing];
    };
    pick.onDidChangeValue(show);
    const chosen = new Promise<Found | undefined>((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]);
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
    });
    pick.show();
    void this.load(messages).then(() => {
      pick.busy = false;
      show();
    });
    const found = await chosen;
    pick.dispose();
    const { session, key: messageKey } = found?.message ?? {};
    if (session === undefined || messageKey === undefined) return;
    if ((await this.sessions.open(session)) !== null)
      await this.view.reveal({ type: 'showMessage', messageKey });
  }

  private async load(messages: Message[]): Promise<void> {
    for await (const { key, rows, ...summary } of this.archive.conversations()) {
      const title = titleOrPeer(summary);
      for (const row of rows.toReversed())
        if (row.kind === 'message' && row.text !== '') {
          const { at, text } = row;
          messages.push({
            session: key,
            key: row.key,
            title,
            at,
            text,
            folded: text.toLowerCase(),
          });
        }
    }
  }
}

/** The messages that hold all the words, in whatever order. */
function matches(messages: readonly Message[], value: string): readonly Found[] {
  const words = value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const when = new Intl.DateTimeFormat(transcriptLanguage().locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const found: Found[] = [];
  for (const { folded, ...message } of messages) {
    if (!words.every((word) => folded.includes(word))) continue;
    found.push({
      label: excerpt(message.text, folded.indexOf(words[0] ?? '')),
      description: `${message.title}, ${when.format(message.at)}`,
      alwaysShow: true, // VS Code would look for the words in their order
      message,
    });
    if (found.length === MOST) break;
  }
  return found;
}

/** One line around what was found. Icons are not made of it: what is between `$(` and `)` stays. */
function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE);
  const line = text
    .slice(from, from + 200)
    .replace(/\s+/g, ' ')
    .trim();
  return displayName(`${from > 0 ? '…' : ''}${line}`).replaceAll('$(', '$\u200b(');
}

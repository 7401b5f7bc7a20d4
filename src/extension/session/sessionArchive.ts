// The conversations of the disk as a list, and as something to look for words in.

import type { Row } from '../../shared/conversation';
import type { Logger } from '../core/logger';
import { emptyConversation, type Conversation } from './conversation';
import { loadJournal } from './journal';
import type { JournalStorage } from './journalStorage';
import { replay } from './replay';
import { titleOf } from './title';

export interface SessionSummary {
  readonly key: string;
  /** Its name, else its first own words; `null` where there are neither. */
  readonly title: string | null;
  /** Whom it was with, where somebody had a name. */
  readonly peer: string | null;
  readonly startedAt: number;
}

export interface ArchivedConversation extends SessionSummary {
  readonly rows: readonly Row[];
}

export class SessionArchive {
  /** What was found in a journal, for as long as that stays as it is. */
  private known = new Map<
    string,
    { readonly stamp: string; readonly summary: SessionSummary | null }
  >();

  /** @param pause lets others have a turn */
  constructor(
    private readonly storage: JournalStorage,
    private readonly logger: Logger,
    private readonly pause: () => Promise<void>,
  ) {}

  /** All that began, newest first. What cannot be read is not in it, and stays on the disk. */
  async list(): Promise<readonly SessionSummary[]> {
    const known = new Map<string, { stamp: string; summary: SessionSummary | null }>();
    for (const key of await this.keys()) {
      const stamp = await this.stampOf(key);
      const before = this.known.get(key);
      const summary = before?.stamp === stamp ? before.summary : await this.summaryOf(key);
      known.set(key, { stamp, summary });
    }
    this.known = known;
    const summaries = [...known.values()].flatMap(({ summary }) => summary ?? []);
    return summaries.sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Every conversation as it is shown, newest first by its last change. */
  async *conversations(): AsyncGenerator<ArchivedConversation> {
    for (const key of await this.keys()) {
      const conversation = await this.load(key);
      const summary = conversation && summaryOf(key, conversation);
      if (summary !== null) yield { ...summary, rows: conversation?.view.rows ?? [] };
    }
  }

  private async keys(): Promise<readonly string[]> {
    try {
      return await this.storage.list();
    } catch (error) {
      this.logger.warn('The conversations on disk cannot be listed', { error });
      return [];
    }
  }

  private async stampOf(key: string): Promise<string> {
    const { changedAt, size } = await this.storage.stat(key);
    return `${changedAt} ${size}`;
  }

  private async summaryOf(key: string): Promise<SessionSummary | null> {
    const conversation = await this.load(key);
    return conversation && summaryOf(key, conversation);
  }

  private async load(key: string): Promise<Conversation | null> {
    await this.pause();
    try {
      const { events } = await loadJournal(this.storage, key);
      return replay(emptyConversation(key, false), events, () => undefined);
    } catch (error) {
      this.logger.warn('A conversation on disk is not listed', { key, error });
      return null;
    }
  }
}

function summaryOf(key: string, c: Conversation): SessionSummary | null {
  if (c.session === null) return null; // it never began
  const peer = c.view.peer?.name ?? null;
  return { key, title: titleOf(c.view), peer, startedAt: c.session.arrivedAt };
}

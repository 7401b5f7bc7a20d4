// Reads conversations from the disk for the manager, and tells of those that cannot be read.

import type { Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import type { Logger } from '../core/logger';
import { loadJournal, NewerJournalError, type LoadedJournal } from './journal';
import type { JournalStorage } from './journalStorage';

/** A conversation on disk that cannot be shown, or not as a whole. It is left as it is. */
export type JournalTrouble = 'newer' | 'unreadable' | 'damaged';

export class JournalReader implements Disposable {
  private readonly troubles = new Emitter<JournalTrouble>();
  readonly onDidFindTrouble: Event<JournalTrouble> = this.troubles.event;

  constructor(
    private readonly storage: JournalStorage,
    private readonly logger: Logger,
  ) {}

  /** Names of all conversations, newest first. */
  async names(): Promise<readonly string[]> {
    try {
      return await this.storage.list();
    } catch (error) {
      this.logger.warn('The conversations on disk cannot be listed', { error });
      this.troubles.fire('unreadable');
      return [];
    }
  }

  async load(name: string): Promise<LoadedJournal | null> {
    try {
      const loaded = await loadJournal(this.storage, name);
      const { setAside, torn } = loaded;
      if (setAside + torn > 0)
        this.logger.warn('Lines of a journal were set aside', { name, setAside, torn });
      if (setAside > 0) this.troubles.fire('damaged');
      return loaded;
    } catch (error) {
      this.logger.warn('A conversation on disk is left as it is', { name, error });
      this.troubles.fire(error instanceof NewerJournalError ? 'newer' : 'unreadable');
      return null;
    }
  }

  async draft(name: string): Promise<string> {
    try {
      return await this.storage.readDraft(name);
    } catch (error) {
      this.logger.warn('A draft cannot be read', { name, error });
      return '';
    }
  }

  dispose(): void {
    this.troubles.dispose();
  }
}

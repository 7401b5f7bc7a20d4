// Holds the sessions. One is live at a time; the journals of all others stay on disk.

import type { Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import { ChatSession, type SessionParts } from './chatSession';
import { loadJournal, type LoadedJournal } from './journal';
import type { SessionSettings } from './sessionSettings';
import type { Unsent } from './unsent';

/** What was written into a session that never started. */
interface Orphan {
  readonly journal: string;
  readonly text: string;
}

export class SessionManager implements Disposable {
  private readonly changes = new Emitter<ChatSession | null>();
  private session: ChatSession | null = null;
  private resuming: Promise<void> | null = null;
  private orphans: readonly Orphan[] = [];
  private readonly retiring = new Set<Promise<void>>();
  private disposed = false;

  readonly onDidChangeCurrent: Event<ChatSession | null> = this.changes.event;

  constructor(private readonly parts: SessionParts) {}

  /** The session that is shown: live, ended, or failed. */
  get current(): ChatSession | null {
    return this.session;
  }

  /**
   * Begins a new session in place of the current one, which is ended. What that one could not send
   * comes back into the composer. Resolves at once: how the start goes is shown in the session.
   */
  async startChat(settings: SessionSettings): Promise<ChatSession> {
    await this.resumeLast(); // what was left unsent belongs into the new one
    const { storage } = this.parts;
    const previous = this.session;
    const { orphans } = this;
    const key = this.newKey();
    const session = new ChatSession(this.parts, { key, settings, addresses: settings });
    const unsent = previous?.unsent() ?? null;
    for (const { text } of orphans) session.takeOver({ text, files: [] });
    if (unsent !== null) session.takeOver(unsent);
    this.orphans = [];
    this.show(session);
    void session.start();
    this.retire(async () => {
      await session.flush();
      for (const { journal } of orphans) await storage.delete(journal);
      if (previous !== null && unsent !== null) await retire(previous, unsent);
    });
    return session;
  }

  /** Ends the current session and begins a new one. */
  restart(settings: SessionSettings): Promise<ChatSession> {
    return this.startChat(settings);
  }

  /** Ends the current session; it stays on the screen. */
  async end(): Promise<void> {
    await this.session?.end();
  }

  /**
   * Takes up the newest session of the disk, once: live if it may be, else as it ended.
   * Does nothing when there is a session already.
   */
  async resumeLast(): Promise<ChatSession | null> {
    if (this.session === null) await (this.resuming ??= this.resumeNewest());
    return this.session;
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.retiring, this.session?.flush()]);
  }

  /** Lets go of the session without ending it. */
  dispose(): void {
    this.disposed = true;
    this.session?.dispose();
    this.changes.dispose();
  }

  private async resumeNewest(): Promise<void> {
    for (const name of await this.journals()) {
      const loaded = await this.load(name);
      if (loaded === null) continue;
      const draft = await this.readDraft(name);
      if (await this.restore(name, loaded, draft)) return;
      this.addOrphan(name, loaded, draft);
    }
  }

  private async restore(name: string, loaded: LoadedJournal, draft: string): Promise<boolean> {
    const started = loaded.events.find((event) => event.type === 'started');
    if (started === undefined) return false;
    if (this.disposed || this.session !== null) return true;
    const session = new ChatSession(this.parts, {
      key: name,
      settings: null,
      addresses: started,
    });
    const resumed = session.resume(loaded.events, draft);
    this.show(session);
    await resumed;
    return true;
  }

  private addOrphan(journal: string, { events }: LoadedJournal, draft: string): void {
    const queued = events.flatMap((event) => (event.type === 'queued' ? event.text : []));
    const removed = events.some((event) => event.type === 'removed');
    const texts = removed ? [draft] : [...queued, draft];
    const text = texts.filter((it) => it !== '').join('\n\n');
    this.orphans = [{ journal, text }, ...this.orphans];
  }

  private async journals(): Promise<readonly string[]> {
    try {
      return await this.parts.storage.list();
    } catch (error) {
      this.parts.logger.warn('The conversations on disk cannot be listed', { error });
      return [];
    }
  }

  private async load(name: string): Promise<LoadedJournal | null> {
    const { storage, logger } = this.parts;
    try {
      const loaded = await loadJournal(storage, name);
      const { setAside } = loaded;
      if (setAside > 0) logger.warn('Lines of a journal were set aside', { name, setAside });
      return loaded;
    } catch (error) {
      logger.warn('A conversation on disk is left as it is', { name, error });
      return null;
    }
  }

  private async readDraft(name: string): Promise<string> {
    try {
      return await this.parts.storage.readDraft(name);
    } catch (error) {
      this.parts.logger.warn('A draft cannot be read', { name, error });
      return '';
    }
  }

  private show(session: ChatSession): void {
    this.session = session;
    this.changes.fire(session);
  }

  private retire(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.parts.logger.warn('An old conversation was not put away', { error });
      })
      .finally(() => this.retiring.delete(done));
    this.retiring.add(done);
  }

  /** Sorts by time of birth, and is safe as a file's name. */
  private newKey(): string {
    const time = new Date(this.parts.clock.now()).toISOString().replace(/\D/g, '');
    return `${time}-${this.parts.createId()}`;
  }
}

async function retire(session: ChatSession, unsent: Unsent): Promise<void> {
  await session.release(unsent);
  await session.end();
  await session.flush();
  session.dispose();
}

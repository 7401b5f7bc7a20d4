import type { JournalStorage } from '../../src/extension/session/journalStorage';

/** A disk in memory, which can be made to fail. */
export class MemoryJournalStorage implements JournalStorage {
  readonly journals = new Map<string, string[]>();
  readonly drafts = new Map<string, string>();
  /** What has happened, in order: tests look for what came before what. */
  readonly history: string[] = [];
  /** Thrown by every write while it is set. */
  failure: Error | null = null;
  /** While it is set, writes wait for it. */
  gate: Promise<void> | null = null;

  /** Writes wait from now on. @returns lets them go on */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.gate = new Promise((resolve) => (release = resolve));
    return release;
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.journals.keys()].reverse());
  }

  read(name: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.journals.get(name) ?? [])]);
  }

  async append(name: string, lines: readonly string[]): Promise<void> {
    await this.gate;
    this.throwIfBroken();
    this.journals.set(name, [...(this.journals.get(name) ?? []), ...lines]);
    for (const line of lines) this.history.push(`written ${typeOf(line)}`);
  }

  readDraft(name: string): Promise<string> {
    return Promise.resolve(this.drafts.get(name) ?? '');
  }

  writeDraft(name: string, text: string): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.drafts.set(name, text);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.journals.delete(name);
    this.drafts.delete(name);
    return Promise.resolve();
  }

  stat(name: string): Promise<{ changedAt: number; size: number }> {
    const lines = this.journals.get(name) ?? [];
    const { at = 0 } = JSON.parse(lines.at(-1) ?? '{}') as { readonly at?: number };
    return Promise.resolve({ changedAt: at, size: lines.join('').length });
  }

  deleteAll(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.journals.clear();
    this.drafts.clear();
    return Promise.resolve();
  }

  /** The types of all events of the only journal. */
  types(): readonly string[] {
    return [...this.journals.values()].flat().map(typeOf);
  }

  private throwIfBroken(): void {
    if (this.failure) throw this.failure;
  }
}

/** What cannot be read is `broken`: tests put such lines there on purpose. */
function typeOf(line: string): string {
  try {
    const value = JSON.parse(line) as { readonly type?: string };
    return value.type ?? 'header';
  } catch {
    return 'broken';
  }
}

import type { Row } from '../shared/conversation';
import type { EarlierRows, HostMessage, Snapshot, ViewSettings } from '../shared/hostMessage';
import { applyPatch } from '../shared/patch';
import { readEarlier } from '../shared/snapshot';
import type { ShownConversation } from './shownConversation';
import { shareEqual } from './shareEqual';

export interface ViewModel {
  readonly settings: ViewSettings;
  readonly conversation: ShownConversation | null;
}

/** What a message did to the model. After `gap` a snapshot has to be asked for. */
export type Applied = 'snapshot' | 'patch' | 'gap' | 'ignored';

type StateMessage = Extract<HostMessage, { type: 'snapshot' | 'patch' }>;

/** The model as the host last told it: a snapshot, and the patches since. */
export class ViewStore {
  private current: ViewModel | null = null;
  private settings: ViewSettings | null = null;
  private earlier: EarlierRows | null = null;
  private revision = 0;
  private waiting = true;

  get model(): ViewModel | null {
    return this.current;
  }

  /** The same ones where they say the same: of each kind there is one in memory. */
  settingsLike(settings: ViewSettings): ViewSettings {
    if (JSON.stringify(this.settings) !== JSON.stringify(settings)) this.settings = settings;
    return this.settings ?? settings;
  }

  /** Of a snapshot of another conversation than before, the earlier rows wait for `takeEarlier`. */
  apply(message: StateMessage): Applied {
    if (message.type === 'snapshot') return this.take(message);
    this.takeEarlier(); // it counts the rows from the first
    return this.patch(message);
  }

  /** Reads the rows that come before those of the model; false when there are none. */
  takeEarlier(): boolean {
    const { current, earlier } = this;
    if (!current?.conversation || earlier === null) return false;
    const rows = readEarlier(earlier);
    shareLater(rows);
    this.earlier = null;
    this.current = {
      ...current,
      conversation: {
        ...current.conversation,
        rows: [...rows, ...current.conversation.rows],
        missing: 0,
      },
    };
    return true;
  }

  private take({ settings, conversation, earlier, revision }: Snapshot): Applied {
    const before = this.current?.conversation ?? null;
    shareLater(conversation?.rows ?? []);
    this.earlier = earlier;
    this.current = {
      settings: this.settingsLike(settings),
      conversation: conversation && { ...conversation, missing: earlier?.count ?? 0 },
    };
    if (before !== null && before.key === conversation?.key) this.keepEqual(before.rows);
    this.revision = revision;
    this.waiting = false;
    return 'snapshot';
  }

  /** A snapshot's rows are all new objects; those with the same content stay the ones we have. */
  private keepEqual(before: readonly Row[]): void {
    this.takeEarlier();
    const { current } = this;
    if (!current?.conversation) return;
    const known = new Map(before.map((row) => [row.key, row]));
    const rows = current.conversation.rows.map((row) => {
      const old = known.get(row.key);
      return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
    });
    this.current = { ...current, conversation: { ...current.conversation, rows } };
  }

  private patch(message: Extract<StateMessage, { type: 'patch' }>): Applied {
    if (this.waiting) return 'ignored';
    const { current } = this;
    if (!current?.conversation || message.revision !== this.revision + 1) return this.gap();
    try {
      const conversation = applyPatch(current.conversation, message.patch);
      this.current = { ...current, conversation: { ...conversation, missing: 0 } };
    } catch {
      return this.gap(); // it names a row that we do not have: something was lost
    }
    shareLater(message.patch.rows?.changed ?? []);
    this.revision = message.revision;
    return 'patch';
  }

  /** Until the snapshot comes, patches are of no use, and asking once is enough. */
  private gap(): Applied {
    this.waiting = true;
    return 'gap';
  }
}

/** It saves memory, not time: nobody waits for it. */
function shareLater(rows: readonly Row[]): void {
  requestIdleCallback(() => {
    shareEqual(rows);
  });
}

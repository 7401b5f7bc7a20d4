import type { ConversationView, Row } from '../shared/conversation';
import type { HostMessage, ViewSettings } from '../shared/hostMessage';
import { applyPatch } from '../shared/patch';
import { shareEqual } from './shareEqual';

export interface ViewModel {
  readonly settings: ViewSettings;
  readonly conversation: ConversationView | null;
}

/** What a message did to the model. After `gap` a snapshot has to be asked for. */
export type Applied = 'snapshot' | 'patch' | 'gap' | 'ignored';

type StateMessage = Extract<HostMessage, { type: 'snapshot' | 'patch' }>;

/** The model as the host last told it: a snapshot, and the patches since. */
export class ViewStore {
  private current: ViewModel | null = null;
  private settings: ViewSettings | null = null;
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

  apply(message: StateMessage): Applied {
    const rows = rowsOf(message);
    // It saves memory, not time: nobody waits for it.
    requestIdleCallback(() => {
      shareEqual(rows);
    });
    return message.type === 'snapshot' ? this.take(message) : this.patch(message);
  }

  private take(message: Extract<StateMessage, { type: 'snapshot' }>): Applied {
    const { settings, conversation, revision } = message;
    const before = this.current?.conversation ?? null;
    this.current = {
      settings: this.settingsLike(settings),
      conversation:
        conversation === null
          ? null
          : { ...conversation, rows: keepEqualRows(before?.rows ?? [], conversation.rows) },
    };
    this.revision = revision;
    this.waiting = false;
    return 'snapshot';
  }

  private patch(message: Extract<StateMessage, { type: 'patch' }>): Applied {
    if (this.waiting) return 'ignored';
    const { current } = this;
    if (!current?.conversation || message.revision !== this.revision + 1) return this.gap();
    try {
      this.current = { ...current, conversation: applyPatch(current.conversation, message.patch) };
    } catch {
      return this.gap(); // it names a row that we do not have: something was lost
    }
    this.revision = message.revision;
    return 'patch';
  }

  /** Until the snapshot comes, patches are of no use, and asking once is enough. */
  private gap(): Applied {
    this.waiting = true;
    return 'gap';
  }
}

function rowsOf(message: StateMessage): readonly Row[] {
  return (
    (message.type === 'snapshot' ? message.conversation?.rows : message.patch.rows?.changed) ?? []
  );
}

/** A snapshot's rows are all new objects; those with the same content stay the ones we have. */
function keepEqualRows(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  if (before.length === 0) return after;
  const known = new Map(before.map((row) => [row.key, row]));
  return after.map((row) => {
    const old = known.get(row.key);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}

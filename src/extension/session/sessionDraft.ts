// What the person is writing in one session: shown at once, kept beside the journal soon after.

import { bothTexts } from '../../shared/bothTexts';
import type { DraftStep } from '../../shared/conversation';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import type { ConversationKeeper } from './conversationKeeper';
import { DraftKeeper } from './draftKeeper';
import { readDraftRecord, writeDraftRecord } from './draftRecord';
import type { DurableEvent } from './sessionEvent';
import { joinTexts } from './unsent';

export class SessionDraft implements Disposable {
  private readonly disk: DraftKeeper;
  /** So many events of the journal have changed the draft. */
  private steps = 0;
  /** Changes that go with an event which is being written. */
  private readonly changes = new Set<Promise<void>>();

  constructor(
    private readonly keeper: ConversationKeeper,
    clock: Clock,
  ) {
    this.disk = new DraftKeeper(clock, (text) => {
      const { draft } = keeper.view.composer;
      return keeper.writeDraft(writeDraftRecord({ ...draft, text, steps: this.steps }));
    });
  }

  get text(): string {
    return this.keeper.view.composer.draft.text;
  }

  private get lastEdit(): number {
    return this.keeper.view.composer.draft.edit ?? 0;
  }

  /** @param record what lay beside the journal of these events */
  restore(record: string, events: readonly DurableEvent[]): void {
    const { steps, ...draft } = readDraftRecord(record, events);
    this.steps = steps;
    this.disk.restored(draft.text);
    this.keeper.apply({ type: 'draftRestored', draft });
  }

  /** Whether a change follows the last one; else another view has written into the draft meanwhile. */
  isUpon(step: DraftStep | undefined): boolean {
    return step === undefined || step.after === this.lastEdit;
  }

  /** The person has written. @param step which of his changes it is, where the view counts them */
  typed(text: string, step?: DraftStep): void {
    if (this.isUpon(step)) {
      this.keeper.apply({ type: 'draftChanged', text, by: 'person', ...numbered(step) });
    } else {
      const edit = Math.max(this.lastEdit, step?.edit ?? 0);
      const both = bothTexts(this.text, text);
      this.keeper.apply({ type: 'draftChanged', text: both, by: 'host', edit });
    }
    this.disk.changed(this.text);
  }

  /** Puts a text before what is written. */
  prepend(text: string): void {
    this.show(text);
    this.disk.changed(this.text);
  }

  /** Shows a text before what is written; the disk has nothing to do with it. */
  show(text: string): void {
    this.keeper.apply({ type: 'draftChanged', text: joinTexts([text, this.text]), by: 'host' });
  }

  /** Another window has what is on disk; what is not stays here. */
  handedOver(): void {
    if (this.disk.written === this.text)
      this.keeper.apply({ type: 'draftChanged', text: '', by: 'host' });
  }

  /** What is written leaves with a message, which `write` writes down; false when it does not. */
  leave(write: Promise<boolean>, step?: DraftStep): void {
    this.keeper.apply({ type: 'draftChanged', text: '', by: 'person', ...numbered(step) });
    this.track(write, (isKept) => isKept);
  }

  /** A message comes back, which `write` writes down; `null` when it does not. */
  comeBack(write: Promise<string | null>): void {
    this.track(write, (text) => {
      if (text === null) return false;
      this.show(text);
      return true;
    });
  }

  /** Resolves when the draft is on disk as it is now. */
  async flush(): Promise<void> {
    await Promise.all(this.changes);
    await this.disk.flush();
  }

  dispose(): void {
    this.disk.dispose();
  }

  /** The event is in the journal when `write` resolves: the draft beside it follows. */
  private track<T>(write: Promise<T>, show: (result: T) => boolean): void {
    const done = write
      .then((result) => {
        if (!show(result)) return;
        this.steps += 1;
        this.disk.changed(this.text);
      })
      .finally(() => this.changes.delete(done));
    this.changes.add(done);
  }
}

/** A step as an event has it. */
export function numbered(step: DraftStep | undefined): { readonly edit?: number } {
  return step === undefined ? {} : { edit: step.edit };
}

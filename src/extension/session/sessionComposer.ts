// The composer of one session: what the person is writing, and the files that wait to go with it. What
// leaves it becomes an own message (`outgoing.ts`); what cannot go comes back.

import type { DraftStep } from '../../shared/conversation';
import { DisposableStore, type Disposable } from '../core/disposable';
import type { Cleared } from './cleared';
import type { ConversationKeeper } from './conversationKeeper';
import { HostLimits } from './hostLimits';
import type { SendRequest, TakenBack } from './outgoing';
import type { OutgoingFile } from './outgoingFile';
import type { SessionApi } from './sessionApi';
import { numbered, SessionDraft } from './sessionDraft';
import type { DurableEvent } from './sessionEvent';
import type { SessionParts } from './sessionParts';
import { isJoinedIn, type Unsent } from './unsent';
import { Uploads } from './uploads';

export interface ComposerParts extends Pick<SessionParts, 'clock' | 'createId' | 'limits'> {
  readonly keeper: ConversationKeeper;
  readonly upload: SessionApi['uploadFile'];
  /** Whether the person is to be asked before anything of his goes. */
  readonly asksFirst: () => boolean;
  /** Where files go. */
  readonly host: string | null;
}

type Kept = Pick<SendRequest, 'keepDraft' | 'step'> & { readonly text: string };

export class SessionComposer implements Disposable {
  private readonly store = new DisposableStore();
  private readonly draft: SessionDraft;
  readonly uploads: Uploads;
  /** The files that were to be sent when another window had the session already, by id. */
  private refused: readonly string[] = [];

  constructor(private readonly parts: ComposerParts) {
    const { keeper, clock, limits = new HostLimits(), upload, host } = parts;
    this.draft = this.store.add(new SessionDraft(keeper, clock));
    const apply: ConversationKeeper['apply'] = (event) => {
      keeper.apply(event);
    };
    this.uploads = this.store.add(new Uploads({ clock, limits, upload, host, apply }));
  }

  /** @param record what lay beside the journal of these events */
  restore(record: string, events: readonly DurableEvent[]): void {
    this.draft.restore(record, events);
  }

  /** What the person has written so far. @param step which of his changes it is, if they are counted */
  setDraft(text: string, step?: DraftStep): void {
    this.draft.typed(text, step);
  }

  /** Puts a copy of a message before what is written, but for what stands there already. */
  offer({ own, attached }: TakenBack): void {
    const { draft, uploads } = this;
    if (own.text !== '' && !isJoinedIn(draft.text, own.text)) draft.prepend(own.text);
    const pending = this.parts.keeper.view.composer.pending.map(({ id }) => id);
    for (const [index, file] of own.attachments.entries()) {
      const id = attached?.[index] ?? file.id; // the same one when it is offered again
      if (id === null || pending.includes(id)) continue;
      if (!uploads.putBack(id)) uploads.addReady(id, file);
    }
  }

  /** Begins to upload a file; it goes with the message that names its id. */
  attach(file: Cleared<OutgoingFile>): string {
    const id = this.parts.createId();
    this.uploads.add(id, file);
    return id;
  }

  /**
   * What is written leaves with a message, and comes back if that does not go.
   *
   * @param queue writes the message down, with the change of the draft that it was (`null` for none);
   *   false when another window has the conversation
   */
  leave(
    { text, attachmentIds, keepDraft = false, step }: SendRequest,
    queue: (fromDraft: ReturnType<typeof numbered> | null) => Promise<boolean>,
  ): void {
    const leaves = !keepDraft && this.draft.isUpon(step);
    const queued = queue(leaves ? numbered(step) : null);
    if (leaves) this.draft.leave(queued, step);
    else if (!keepDraft) this.draft.show(''); // what another view wrote meanwhile stays
    void queued.then((isKept) => {
      if (isKept) return;
      this.refused = [...this.refused, ...attachmentIds];
      this.draft.show(text);
    });
  }

  /** What was to be sent may not go, or not here: it is kept, before what is written beside it. */
  keep({ text, keepDraft = false, step }: Kept): void {
    // It left the draft, and is put back: a change more, for what was typed meanwhile is not upon it.
    if (!keepDraft) this.draft.typed('', step && { ...step, edit: step.edit + 1 });
    this.draft.prepend(text);
  }

  /** A message comes back with its files, before what is written; `null` when it does not. */
  comeBack(taken: Promise<TakenBack | null>): void {
    this.draft.comeBack(taken.then((it) => (it === null ? null : this.unpack(it))));
  }

  /**
   * Puts what another session could not send here. Where the person is asked before the first that
   * goes, its files wait for {@link Uploads.letGo}.
   */
  takeOver({ text, files }: Pick<Unsent, 'text' | 'files'>): void {
    if (text !== '') this.draft.prepend(text);
    const waits = this.parts.asksFirst();
    for (const file of files) {
      if ('read' in file && waits) this.uploads.hold(this.parts.createId(), file);
      else if ('read' in file) this.attach(file);
      else if (file.id !== null) this.uploads.addReady(this.parts.createId(), file);
    }
  }

  /** Another window has what is on disk; what is not stays here. */
  handedOver(): void {
    this.draft.handedOver();
  }

  /** What stands here, with the files of what came back from another window. */
  content(): Pick<Unsent, 'text' | 'files'> {
    const waiting = this.parts.keeper.view.composer.pending.map(({ id }) => id);
    const ids = new Set([...this.refused, ...waiting]);
    const files = [...ids].flatMap((id) => this.uploads.content(id) ?? []);
    return { text: this.draft.text, files };
  }

  /** Resolves when the draft is on disk as it is now. */
  flush(): Promise<void> {
    return this.draft.flush();
  }

  dispose(): void {
    this.store.dispose();
  }

  private unpack({ own, attached }: TakenBack): string {
    if (attached === undefined) this.takeOver({ text: '', files: own.attachments });
    else for (const id of attached) this.uploads.putBack(id);
    return own.text;
  }
}

// Who sits before the screen: does what the plan says, and remembers what is owed to him.

import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import type { OutgoingFile } from '../../src/extension/session/outgoingFile';
import type { Delivery, MessageRow } from '../../src/shared/conversation';
import { settle } from '../support/manualClock';
import type { Act } from './plan';
import type { World } from './world';

/** What the person needs to see what came of a click, ms. */
const READING = 400;

export interface OwnSend {
  readonly key: string;
  readonly text: string;
  /** "Send again", so often. */
  again: number;
  /** "It arrived." */
  confirmed: boolean;
  /** Asked back, by edit or delete: what has left by then does not come back. */
  withdrawn: boolean;
  /** The process died before it was shown. */
  mayBeGone: boolean;
}

/** What the person did in one session. */
export interface Deeds {
  readonly sends: OwnSend[];
  /** Went over into the next session. */
  handedOver: boolean;
}

export class Person {
  /** By the session's local key. */
  readonly deeds = new Map<string, Deeds>();
  /** What he has taken back stands in the composer, and he looks at it. */
  private isEditing = false;

  constructor(private readonly world: World) {}

  async act(act: Act): Promise<void> {
    const session = this.world.manager.current;
    if (session === null) return;
    this.world.tell(`person: ${JSON.stringify(act)} (${session.conversation.connection})`);
    switch (act.type) {
      case 'send':
        this.send(session, act.text, []);
        break;
      case 'sendFile':
        this.sendFile(session, act.text, act.bytes);
        break;
      case 'pressAnswer':
        this.pressAnswer(session, act.index);
        break;
      case 'editQueued':
      case 'deleteQueued':
        this.withdraw(session, act.type);
        break;
      case 'sendAgain':
        this.again(session);
        break;
      case 'sayItArrived':
        this.confirm(session);
        break;
      case 'clickRetry':
        session.reconnectNow();
        break;
      case 'say':
        this.say(session, act.text);
        break;
      case 'sendAndCrash':
        await this.sendAndCrash(session, act.text, act.turns);
        break;
      case 'reload':
        await this.reload(session, act.crash);
        break;
      case 'startAgain':
        await this.startAgain(session);
        break;
      case 'clockJump':
        this.world.clock.set(act.by);
        break;
      case 'changeWindow':
        await this.world.changeWindow();
        break;
      case 'closeOtherWindow':
        await this.world.closeOtherWindow();
        break;
      case 'look':
        await this.world.look(session);
        break;
      case 'changeReceipts':
        this.world.receipts.change();
        break;
      case 'damage':
        await this.world.damage();
        break;
    }
  }

  deedsIn(sessionKey: string): Deeds {
    const known = this.deeds.get(sessionKey) ?? { sends: [], handedOver: false };
    this.deeds.set(sessionKey, known);
    return known;
  }

  send(
    session: ChatSession,
    text: string,
    attachmentIds: readonly string[],
    // What came back into the composer stays there.
    keepDraft = this.isEditing || session.conversation.composer.draft.text !== '',
  ): void {
    if (!session.isLive) return;
    const key = this.world.createId();
    this.note(session, key, text);
    session.send({ key, text: clear(text), attachmentIds, replyTo: null, keepDraft });
  }

  private sendFile(session: ChatSession, text: string, bytes: number): void {
    if (!session.isLive) return;
    const file: OutgoingFile = {
      name: 'заметки.txt',
      contentType: 'text/plain; charset=utf-8',
      size: bytes,
      unsaved: false,
      read: async function* () {
        yield await Promise.resolve(new Uint8Array(bytes));
      },
    };
    this.send(session, text, [session.attach(clear(file))]);
  }

  private async sendAndCrash(session: ChatSession, text: string, turns: number): Promise<void> {
    const before = this.deedsIn(session.key).sends.length;
    this.send(session, text, []);
    for (let turn = 0; turn < turns; turn += 1) await settle();
    const own = this.deedsIn(session.key).sends[before];
    const isShown = messagesOf(session).some((row) => row.key === own?.key);
    // What never came to the screen was never said to be kept: the composer still has it.
    if (own !== undefined) own.mayBeGone = !isShown;
    await this.reload(session, true);
  }

  /** What the disk did not take is gone then; the screen has said so. */
  private async reload(session: ChatSession, crash: boolean): Promise<void> {
    await this.world.reload(crash);
    await this.noteForgotten(session);
  }

  private async noteForgotten(session: ChatSession): Promise<void> {
    if (!this.world.forgotten.has(session.key)) return;
    const lines = (await this.world.disk.read(session.key)).join();
    for (const own of this.deedsIn(session.key).sends) own.mayBeGone ||= !lines.includes(own.key);
  }

  /** The session makes no key known: it is that of the row that appears. */
  private pressAnswer(session: ChatSession, index: number): void {
    const row = messagesOf(session).findLast((it) => it.answersOpen);
    const text = row?.answers[index];
    // What ends the chat, or calls an operator, is a test of its own.
    if (row === undefined || text === undefined || !session.isLive) return;
    if (!/help|markdown/i.test(text)) return;
    const key = this.world.createId();
    // Where the window has lost the session, nothing comes of it, and the answer stands there still.
    if (this.world.isHeldHere(session)) this.note(session, key, text);
    session.pressAnswer(key, row.key, index);
  }

  private withdraw(session: ChatSession, how: 'editQueued' | 'deleteQueued'): void {
    const own = this.find(session, ['queued', 'failed', 'sending']);
    if (own === undefined || this.isEditing) return;
    own.withdrawn = true;
    if (how === 'deleteQueued') {
      session.remove(own.key);
      return;
    }
    session.edit(own.key);
    this.isEditing = true;
    this.world.time.schedule(() => {
      this.isEditing = false;
      if (this.world.manager.current === session) this.sendEdited(session, own);
    }, READING);
  }

  private sendEdited(session: ChatSession, { text: before, key }: OwnSend): void {
    const { draft, pending } = session.conversation.composer;
    const isShown = messagesOf(session).some((row) => row.key === key);
    if (isShown === draft.text.includes(before))
      this.world.complaints.push(`edited, but not (only) in the composer: ${before}`);
    if (isShown || !session.isLive) return;
    const files = pending.map(({ id }) => id);
    this.send(session, `${draft.text}, edited`, files, false);
  }

  private again(session: ChatSession): void {
    const own = this.find(session, ['unknown', 'failed']);
    if (own === undefined || !session.isLive) return;
    own.again += 1;
    session.sendAgain(own.key);
  }

  private confirm(session: ChatSession): void {
    const own = this.find(session, ['unknown']);
    if (own === undefined) return;
    own.confirmed = true;
    session.confirmArrived(own.key);
  }

  /** The other side speaks without being spoken to. */
  private say(session: ChatSession, text: string): void {
    const id = this.world.simulator.ledger.of('sessionStarted').at(-1)?.sessionId;
    if (id === undefined) return;
    // A bot that speaks unasked is told from one that answers by the receipts its server gives.
    const givesReceipts = messagesOf(session).some((row) => row.delivery === 'read');
    const operator = { id: 'op', type: 'OPERATOR', name: 'Olga' } as const;
    this.world.simulator.say(id, givesReceipts ? { body: text } : { body: text, author: operator });
  }

  async startAgain(session: ChatSession): Promise<void> {
    const { connection } = session.conversation;
    if (connection === 'failed') {
      session.reconnectNow();
      return;
    }
    if (connection !== 'ended') return;
    // What another window carries on is offered there.
    const own = session.isElsewhere ? [] : messagesOf(session);
    const unsent = own
      .filter((row) => row.delivery === 'queued' || row.delivery === 'failed')
      .map((row) => row.text);
    this.deedsIn(session.key).handedOver = true;
    this.world.noteForgotten(session);
    await this.noteForgotten(session);
    const next = await this.world.manager.startChat(this.world.settings);
    const { text } = next.conversation.composer.draft;
    for (const owed of unsent)
      if (!text.includes(owed))
        this.world.complaints.push(`not offered to the next session: ${owed}`);
  }

  private note(session: ChatSession, key: string, text: string): void {
    const own = { key, text, again: 0, confirmed: false, withdrawn: false, mayBeGone: false };
    this.deedsIn(session.key).sends.push(own);
  }

  private find(session: ChatSession, deliveries: readonly Delivery[]): OwnSend | undefined {
    const row = messagesOf(session).find(
      ({ delivery }) => delivery !== null && deliveries.includes(delivery),
    );
    return this.deedsIn(session.key).sends.find((own) => own.key === row?.key);
  }
}

export function messagesOf(session: ChatSession): readonly MessageRow[] {
  return session.conversation.rows.filter((row) => row.kind === 'message');
}

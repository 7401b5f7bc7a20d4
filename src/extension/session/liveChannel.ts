// The live side of one session: what the link reports becomes state, events, gaps.

import type { Disposable } from '../core/disposable';
import type { TwinError } from '../core/errors';
import type { LiveEvent } from '../twin/model';
import { isLive } from './connectionState';
import type { ConversationKeeper } from './conversationKeeper';
import { GapFiller } from './gapFiller';
import { Inbox } from './inbox';
import { LiveLink } from './liveLink';
import { hostOf, problemOf } from './problemOf';
import { Receipts } from './receipts';
import type { SessionApi } from './sessionApi';
import type { SessionParts } from './sessionParts';

/** After the end, what was on its way may still come, ms. */
const LINGER = 60_000;

export interface LiveChannelParts extends Pick<
  SessionParts,
  'clock' | 'random' | 'logger' | 'network' | 'receiptPolicy'
> {
  readonly keeper: ConversationKeeper;
  readonly api: SessionApi;
  readonly apiUrl: string;
  readonly onOnline: () => void;
  readonly onSessionEnded: () => Promise<void>;
}

export class LiveChannel implements Disposable {
  readonly inbox: Inbox;
  readonly receipts: Receipts;
  readonly link: LiveLink;
  private readonly gaps: GapFiller;
  private readonly stopped = new AbortController();
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly parts: LiveChannelParts) {
    const { keeper, api, clock, logger, receiptPolicy = () => 'onReceive' } = parts;
    this.link = this.createLink();
    const acknowledge = (id: string): void => {
      this.link.acknowledge(id);
    };
    this.receipts = new Receipts({ keeper, clock, policy: receiptPolicy, acknowledge });
    const { receipts } = this;
    this.inbox = new Inbox({ keeper, clock, logger, receipts, acknowledge });
    const history = (): ReturnType<SessionApi['history']> =>
      api.history(this.sessionId, this.stopped.signal);
    this.gaps = new GapFiller({ keeper, inbox: this.inbox, clock, logger, history });
    this.subscriptions = [
      keeper.onDidEnd((event) => {
        if (event.type === 'ended') this.link.close();
        else this.link.linger(LINGER);
      }),
      keeper.onDidMove(() => {
        this.link.close();
      }),
    ];
  }

  /** Takes the session up again. @param lostAt when it was last heard of */
  resume(lostAt: number | null): void {
    this.gaps.lost();
    this.link.open(lostAt);
  }

  /** To be called before the conversation ends: it says what an outage under way has kept back. */
  async end(): Promise<void> {
    const lostAt = this.link.endOutage();
    if (lostAt !== null) await this.gaps.end(lostAt);
  }

  dispose(): void {
    this.stopped.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.inbox.dispose();
    this.link.dispose();
  }

  private createLink(): LiveLink {
    const { api, clock, random, network = () => '', onSessionEnded } = this.parts;
    const connect: ConstructorParameters<typeof LiveLink>[0]['connect'] = (listener) =>
      api.connect(this.sessionId, listener);
    const reach = (signal: AbortSignal): Promise<void> => api.reach(signal);
    return new LiveLink(
      { clock, random, connect, reach, network },
      {
        onOnline: (lostAt) => {
          this.gaps.returned(lostAt);
          void this.whileLive(() => {
            this.online();
          });
        },
        onOffline: (error) => {
          this.gaps.lost();
          void this.whileLive(() => {
            this.offline('reconnecting', error);
          });
        },
        onRefused: (error) => {
          void this.whileLive(() => {
            this.offline('failed', error);
          });
        },
        onEnded: () => {
          void this.whileLive(() => void onSessionEnded());
        },
        onEvent: (event) => {
          void this.receive(event);
        },
        onClockSetBack: (by) => {
          this.parts.keeper.apply({ type: 'clockSetBack', by });
        },
      },
    );
  }

  private online(): void {
    const { keeper, onOnline } = this.parts;
    keeper.apply({ type: 'connection', state: 'online', problem: null });
    this.receipts.online();
    void this.gaps.fill();
    onOnline();
  }

  private async receive(event: LiveEvent): Promise<void> {
    await this.inbox.receive(event);
    if (event.type === 'message') await this.gaps.note(event.message);
  }

  private offline(state: 'reconnecting' | 'failed', error: TwinError | null): void {
    const problem = error && problemOf(error, 'connect', hostOf(this.parts.apiUrl));
    this.parts.keeper.apply({ type: 'connection', state, problem });
  }

  /** Runs after everything that came before has been shown, unless that was the end. */
  private async whileLive(action: () => void): Promise<void> {
    const { keeper } = this.parts;
    await keeper.settled();
    if (isLive(keeper.view.connection) && !this.stopped.signal.aborted) action();
  }

  private get sessionId(): string {
    const { session } = this.parts.keeper.state;
    if (session === null) throw new Error('The session has not started');
    return session.id;
  }
}

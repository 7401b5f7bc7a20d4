import type { ConversationView } from '../shared/conversation';
import { problemText } from '../shared/problemText';
import { h, setText } from './dom';
import { icon, type IconName } from './icons';
import { Slot } from './slot';
import type { ViewContext } from './viewContext';

const SECOND = 1_000;
const MINUTE = 60_000;
/** From when on the header says that the session may end. */
const EXPIRY_NOTICE = 5 * MINUTE;

interface Shown {
  readonly hostLost: boolean;
  readonly reconnecting: string | null;
  readonly storageFailed: boolean;
  readonly operatorRequested: boolean;
  readonly expires: string | null;
}

/** Strips below the header: what is going on that the person should know, and nothing else. */
export class Notices {
  readonly element: HTMLElement;
  private readonly slot: Slot<Shown>;
  private readonly clock = h('span', { class: 'clock', attrs: { role: 'timer' } });
  private conversation: ConversationView | null = null;
  private isHostLost = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** @param keepFocus does what may take the focus away with it */
  constructor(
    private readonly context: ViewContext,
    private readonly keepFocus: (change: () => void) => void,
  ) {
    this.slot = new Slot({ class: 'notices' }, (shown) => this.draw(shown));
    this.element = this.slot.element;
  }

  update(conversation: ConversationView | null): void {
    this.conversation = conversation;
    this.refresh();
  }

  /** Nobody answers the view. */
  hostLost(lost: boolean): void {
    this.isHostLost = lost;
    this.refresh();
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private refresh(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { conversation } = this;
    if (conversation === null) {
      this.slot.update({
        hostLost: this.isHostLost,
        reconnecting: null,
        storageFailed: false,
        operatorRequested: false,
        expires: null,
      });
      return;
    }
    const live = ['online', 'reconnecting'].includes(conversation.connection);
    const requestedAt = live ? conversation.operatorRequestedAt : null;
    this.slot.update({
      hostLost: this.isHostLost,
      reconnecting: conversation.connection === 'reconnecting' ? this.outage(conversation) : null,
      storageFailed: conversation.storageFailed,
      operatorRequested: requestedAt !== null,
      expires: live ? this.expiry(conversation.expiresAt) : null,
    });
    if (requestedAt !== null)
      setText(this.clock, this.context.formats.duration(this.context.now() - requestedAt));
    this.schedule(requestedAt !== null, live ? conversation.expiresAt : null);
  }

  /** Runs only while something on the screen counts: no timer is kept for nothing. */
  private schedule(clockRuns: boolean, expiresAt: number | null): void {
    const left = expiresAt === null ? null : expiresAt - this.context.now();
    const untilExpiryTick = left === null || left <= 0 ? null : nextExpiryTick(left);
    const delay = clockRuns ? SECOND : untilExpiryTick;
    if (delay === null) return;
    this.timer = setTimeout(() => {
      this.keepFocus(() => {
        this.refresh();
      });
    }, delay);
  }

  private outage({ problem }: ConversationView): string {
    return problem === null ? '' : problemText(problem, this.context.t).what;
  }

  private expiry(expiresAt: number | null): string | null {
    const left = expiresAt === null ? null : expiresAt - this.context.now();
    if (left === null || left > EXPIRY_NOTICE) return null;
    const { t } = this.context;
    if (left <= 0) return t('view.notice.expired');
    return t('view.notice.expires', { count: Math.ceil(left / MINUTE) });
  }

  private draw(shown: Shown): readonly Node[] {
    const { t, post } = this.context;
    const strips: Node[] = [];
    if (shown.hostLost)
      strips.push(strip('host', 'warning', h('span', {}, t('view.notice.hostLost'))));
    if (shown.reconnecting !== null) {
      const reconnect = h(
        'button',
        {
          class: 'link-button',
          onClick: () => {
            post({ type: 'reconnect' });
          },
        },
        t('view.notice.reconnect'),
      );
      const words = h(
        'span',
        { attrs: { title: shown.reconnecting || null } },
        t('view.notice.reconnecting'),
      );
      strips.push(strip('reconnecting', 'warning', words, reconnect));
    }
    if (shown.storageFailed)
      strips.push(strip('storage', 'warning', h('span', {}, t('view.notice.storageFailed'))));
    if (shown.operatorRequested) {
      const words = h('span', {}, t('view.notice.operatorRequested'));
      strips.push(strip('operator', 'person', words, this.clock));
    }
    if (shown.expires !== null) strips.push(strip('expiry', 'clock', h('span', {}, shown.expires)));
    return strips;
  }
}

/** Until the words change: the notice begins, or a minute less is left. */
function nextExpiryTick(left: number): number {
  // Timers take at most 2^31 ms; a session lives at most 12 hours.
  return left > EXPIRY_NOTICE ? left - EXPIRY_NOTICE : left % MINUTE || MINUTE;
}

function strip(name: string, symbol: IconName, ...children: readonly HTMLElement[]): HTMLElement {
  return h('div', { class: 'notice', data: { notice: name } }, icon(symbol), ...children);
}

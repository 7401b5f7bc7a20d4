import type { ConnectionState, ConversationView, PeerView } from '../shared/conversation';
import { avatar } from './avatar';
import { h, setAttribute, setHidden, setText } from './dom';
import { peerName } from '../shared/peerName';
import { Slot } from './slot';
import type { ViewContext } from './viewContext';

/** With whom one talks, and how the connection is. */
export class Header {
  readonly element: HTMLElement;
  private readonly peer: Slot<PeerView | null>;
  private readonly demo: HTMLElement;
  private readonly profile: HTMLElement;
  private readonly status = h('span', { class: 'status', attrs: { role: 'status' } });
  private readonly times: Slot<readonly string[]>;
  private readonly words = h('span', { class: 'status-words' });
  private connection: ConnectionState = 'idle';
  private isHostLost = false;

  constructor(private readonly context: ViewContext) {
    const { t, formats } = context;
    this.peer = new Slot({ class: 'peer' }, (peer, onGone) => {
      if (peer === null) return [];
      const since = t('view.header.since', { time: formats.dateTime(peer.since) });
      return [
        avatar(peer.kind, peer.avatar, context, onGone),
        h(
          'bdi',
          { class: 'name', attrs: { title: since }, data: { part: 'peer', kind: peer.kind } },
          peerName(peer.kind, peer.name, t),
        ),
      ];
    });
    this.times = new Slot(
      { class: 'quiet header-times', data: { part: 'times' } },
      (times: readonly string[]) => times.map((words) => h('span', {}, words)),
    );
    this.demo = h('span', { class: 'badge' }, t('view.header.demo'));
    this.profile = h('button', {
      class: 'link-button profile',
      data: { part: 'profile' },
      onClick: () => {
        context.post({ type: 'chooseProfile' });
      },
    });
    this.status.append(h('span', { class: 'dot', attrs: { 'aria-hidden': 'true' } }), this.words);
    this.element = h(
      'header',
      { class: 'header' },
      this.peer.element,
      this.profile,
      this.demo,
      this.status,
      this.times.element,
    );
  }

  update(conversation: ConversationView | null): void {
    this.connection = conversation?.connection ?? 'idle';
    this.element.classList.toggle('empty', conversation === null);
    this.peer.update(conversation?.peer ?? null);
    setHidden(this.demo, conversation?.demo !== true);
    const profile = conversation?.profile ?? null;
    setHidden(this.profile, profile === null && !this.context.settings.hasProfiles);
    setText(this.profile, profile ?? this.context.t('view.header.profile'));
    setAttribute(this.profile, 'title', this.context.t('view.header.chooseProfile'));
    this.updateStatus();
    this.times.update(conversation === null ? [] : this.timeWords(conversation));
  }

  /** Who does not hear from the host does not know how the connection is. */
  hostLost(lost: boolean): void {
    this.isHostLost = lost;
    this.updateStatus();
  }

  private updateStatus(): void {
    const { connection, isHostLost: isLost } = this;
    const words = this.context.t(`view.connection.${isLost ? 'lost' : connection}`);
    // One of the states that tools know: not one that says that all is well.
    const state = isLost && connection === 'online' ? 'reconnecting' : connection;
    setAttribute(this.status, 'data-connection', state);
    this.status.classList.toggle('lost', isLost);
    setAttribute(this.status, 'title', words);
    setText(this.words, words);
  }

  /** Since when one talks with this peer, and how long the session may still live. */
  private timeWords({ connection, peer, expiresAt }: ConversationView): readonly string[] {
    const { t, formats } = this.context;
    const isLive = connection === 'online' || connection === 'reconnecting';
    return [
      peer === null ? '' : t('view.header.since', { time: formats.time(peer.since) }),
      isLive && expiresAt !== null ? t('view.header.until', { time: formats.time(expiresAt) }) : '',
    ].filter((words) => words !== '');
  }

  /** Lets go what was of a conversation. */
  clear(): void {
    this.peer.dispose();
  }
}

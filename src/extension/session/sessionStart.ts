// The start call, with which a session begins at TWIN: it brings the session's id and the greeting.

import type { Clock } from '../core/clock';
import { TwinError } from '../core/errors';
import { isLive } from './connectionState';
import type { ConversationKeeper } from './conversationKeeper';
import type { LiveChannel } from './liveChannel';
import { hostOf, problemOf } from './problemOf';
import type { ApiAddresses, SessionApi } from './sessionApi';
import { introductionOf, type SessionSettings } from './sessionSettings';

export interface StartParts {
  readonly keeper: ConversationKeeper;
  readonly live: LiveChannel;
  readonly api: SessionApi;
  readonly clock: Clock;
  readonly addresses: ApiAddresses;
  readonly signal: AbortSignal;
}

/** Begins the session and connects to it. A failure is shown, not thrown. */
export async function callStart(settings: SessionSettings, parts: StartParts): Promise<void> {
  const { keeper, live, api, clock, addresses, signal } = parts;
  const { chatId, demo, profile, asksFirst } = settings;
  const { apiUrl, messagesUrl } = addresses;
  // The person may end it meanwhile.
  const isStarting = (): boolean => keeper.view.connection === 'starting';
  try {
    const answer = await api.startSession(chatId, introductionOf(settings), signal);
    if (!isStarting()) return;
    const { id: sessionId, startedAt, ttl, messages } = answer;
    const identity = { sessionId, chatId, apiUrl, messagesUrl, demo, startedAt, ttl, messages };
    const mark = live.receipts.mark();
    const also = {
      ...(profile !== undefined && { profile }),
      ...(asksFirst === true && { asksFirst }),
      ...mark,
    };
    await keeper.commit({ type: 'started', at: clock.now(), ...identity, ...also });
    live.inbox.receiveGreeting(
      messages.map(({ id }) => id),
      mark,
    );
    if (isLive(keeper.view.connection)) live.link.open();
  } catch (error) {
    if (!(error instanceof TwinError)) throw error;
    if (!isStarting()) return;
    const problem = problemOf(error, 'start', hostOf(apiUrl));
    keeper.apply({ type: 'connection', state: 'failed', problem });
  }
}

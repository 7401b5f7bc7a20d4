// The least a client needs to ask the simulator something: plain fetch and socket.io-client.
import io from 'socket.io-client';
import type { Simulator } from '../../../src/simulator/simulator';

/** All that a client needs of it. */
type Platform = Pick<Simulator, 'url'>;

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export async function call(
  simulator: Platform,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
  };
}

export function startPath(chatId: string): string {
  return `/api/chats/v1/chats/${chatId}/sessions?x_widget=1`;
}

export async function startSession(
  simulator: Platform,
  chatId = 'echo',
): Promise<{ id: string } & Record<string, unknown>> {
  const { text } = await call(simulator, 'POST', startPath(chatId), { name: 'Test' });
  return JSON.parse(text) as { id: string };
}

export function send(
  simulator: Platform,
  sessionId: string,
  message: Record<string, unknown>,
): Promise<Answer> {
  return call(simulator, 'POST', `/api/v1/sessions/${sessionId}/messages`, message);
}

export interface Heard {
  readonly event: string;
  readonly payload: Record<string, unknown>;
}

export interface Ear {
  readonly heard: readonly Heard[];
  /** Resolves once `count` events of this name have been heard, with their payloads. */
  until(event: string, count?: number): Promise<Record<string, unknown>[]>;
  /** Resolves when the connection is lost, with Socket.IO's word for it. */
  readonly lost: Promise<string>;
  acknowledge(payload: unknown): void;
  close(): void;
}

const EVENTS = [
  'chatMessageCreatedEmit',
  'chatMessageReadEmit',
  'showTypingIndicatorEmit',
  'operatorStatusChangedEmit',
  'operatorAssignedEmit',
  'operatorLoggedOutEmit',
  'anythingElse',
];

/** Connects as a client does; rejects with the words of a refusal. */
export async function connect(
  simulator: Platform,
  sessionId: string,
  transports = ['polling', 'websocket'],
): Promise<Ear> {
  const socket = io(simulator.url, {
    path: '/operator/socket.io',
    query: { key: sessionId },
    transports,
    forceNew: true,
    reconnection: false,
  });
  const heard: Heard[] = [];
  const looks = new Set<() => void>();
  for (const event of EVENTS) {
    socket.on(event, (payload: Record<string, unknown>) => {
      heard.push({ event, payload });
      looks.forEach((look) => {
        look();
      });
    });
  }
  const lost = new Promise<string>((resolve) => socket.on('disconnect', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () => {
      resolve();
    });
    socket.on('error', (reason: unknown) => {
      socket.close();
      reject(new Error(String(reason)));
    });
  });
  return {
    heard,
    lost,
    until: (event, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.filter((one) => one.event === event);
          if (found.length >= count) {
            looks.delete(look);
            resolve(found.map(({ payload }) => payload));
          }
        };
        looks.add(look);
        look();
      }),
    acknowledge: (payload) => {
      socket.emit('messageReceived', payload);
    },
    close: () => {
      socket.close();
    },
  };
}

import type { IncomingHttpHeaders } from 'http';
import type { Socket } from 'net';

/** Milliseconds an idle connection is kept: longer than a person thinks, shorter than most NATs. */
const IDLE_TIME = 120_000;
/** The server's clock starts before ours. */
const MARGIN = 1_000;

/**
 * Keeps the connection of a call that has ended for the next one, within what the server's
 * `Keep-Alive: timeout=` allows. To be called once the agent has taken the connection back.
 *
 * Needed beside the agent's own setting: under VS Code's default `http.proxySupport` a request goes
 * over Node's global agent, which lets an idle connection go after 5 s, and a new TLS connection
 * costs three round trips.
 */
export function keepConnection(socket: Socket, headers: IncomingHttpHeaders): void {
  if (socket.destroyed) return;
  const seconds = /timeout=(\d+)/i.exec(String(headers['keep-alive'] ?? ''))?.[1];
  const allowed = seconds === undefined ? IDLE_TIME : Number(seconds) * 1000 - MARGIN;
  const time = Math.min(IDLE_TIME, allowed);
  if (time > 0) socket.setTimeout(time);
}

// The border to the host, and the only caller of `acquireVsCodeApi`.

import type { HostMessage } from '../shared/hostMessage';
import type { Intent } from '../shared/intent';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  /** Tells the host what the person wants. There is no answer but a new state. */
  readonly post: (intent: Intent) => void;
  /** What `writeState` kept, also from before the view was hidden. */
  readState(): unknown;
  writeState(state: unknown): void;
}

/**
 * Takes up the connection to the host. Call it once.
 *
 * @param conversationKey of what is shown: the host may have gone on to another one
 */
export function connectHost(
  onMessage: (message: HostMessage) => void,
  conversationKey: () => string | undefined,
): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<HostMessage>) => {
    onMessage(event.data);
  });
  return {
    post: (intent) => {
      api.postMessage({ ...intent, session: conversationKey() });
    },
    readState: () => api.getState(),
    writeState: (state) => {
      api.setState(state);
    },
  };
}

import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/extension/core/clock';
import type { Disposable } from '../../src/extension/core/disposable';
import type { Logger } from '../../src/extension/core/logger';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { SessionManager } from '../../src/extension/session/sessionManager';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { FileLeases } from '../../src/extension/vscode/fileLeases';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { ConversationView, Delivery, MessageRow } from '../../src/shared/conversation';
import { markedApi, markedStorage, type Marks } from './marks';

export interface Sessions extends Disposable {
  readonly manager: SessionManager;
}

/** The sessions of one process, wired as in the extension. */
export function openSessions(folder: string, logger: Logger, marks: Marks): Sessions {
  const http = new NodeHttpTransport();
  const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: systemClock }));
  const manager = new SessionManager({
    storage: markedStorage(new FileJournalStorage(folder), folder, marks),
    leases: new FileLeases(folder),
    createApi: (addresses) =>
      markedApi(new TwinClient({ ...addresses, http, loadLive, logger }), marks),
    clock: systemClock,
    random: () => 0.1,
    createId: randomUUID,
    logger,
  });
  return {
    manager,
    dispose: () => {
      manager.dispose();
      http.dispose();
    },
  };
}

/** Resolves as soon as `holds` does. It never gives up by itself: the test's own time limit does. */
export async function until(
  session: ChatSession,
  holds: (view: ConversationView) => boolean,
): Promise<void> {
  if (holds(session.conversation)) return;
  await new Promise<void>((resolve) => {
    const subscription = session.onDidChange((view) => {
      if (!holds(view)) return;
      subscription.dispose();
      resolve();
    });
  });
}

export function messagesOf(view: ConversationView): readonly MessageRow[] {
  return view.rows.filter((row) => row.kind === 'message');
}

/** Whether no message of ours is waiting or on its way. */
export function isSettled(view: ConversationView): boolean {
  const open: readonly (Delivery | null)[] = ['queued', 'sending'];
  return !messagesOf(view).some((row) => open.includes(row.delivery));
}

export function heard(view: ConversationView, text: string): boolean {
  return messagesOf(view).some((row) => row.author !== 'client' && row.text === text);
}

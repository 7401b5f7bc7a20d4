// Marked points of a session's life: the process is killed at one of them, by its number. They are
// put around disk, calls and connection from outside; the product knows nothing of them.

import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { JournalStorage } from '../../src/extension/session/journalStorage';
import type { SessionApi } from '../../src/extension/session/sessionApi';

export class Marks {
  /** Every point passed so far, in order. */
  readonly passed: string[] = [];

  /** @param target the number of the point at which to die, from 0; -1: live */
  constructor(private readonly target: number) {}

  /** @param lastAct what is done at the very end, should this be the point */
  pass(name: string, lastAct?: () => void): void {
    const isTarget = this.passed.push(name) - 1 === this.target;
    if (!isTarget) return;
    lastAct?.();
    process.kill(process.pid, 'SIGKILL');
  }
}

/** A disk with points before, in the middle of, and after each write. */
export function markedStorage(
  storage: JournalStorage,
  folder: string,
  marks: Marks,
): JournalStorage {
  return {
    list: () => storage.list(),
    read: (name) => storage.read(name),
    readDraft: (name) => storage.readDraft(name),
    delete: (name) => storage.delete(name),
    stat: (name) => storage.stat(name),
    deleteAll: () => storage.deleteAll(),
    append: async (name, lines) => {
      const what = lines.map(typeOf).join('+');
      const text = lines.join('\n');
      marks.pass(`before writing ${what}`);
      marks.pass(`within writing ${what}`, () => {
        appendFileSync(path.join(folder, `${name}.jsonl`), text.slice(0, text.length / 2));
      });
      await storage.append(name, lines);
      marks.pass(`after writing ${what}`);
    },
    writeDraft: async (name, text) => {
      marks.pass('before writing the draft');
      marks.pass('within writing the draft', () => {
        appendFileSync(path.join(folder, `${name}.draft.txt.new`), text.slice(0, text.length / 2));
      });
      await storage.writeDraft(name, text);
      marks.pass('after writing the draft');
    },
  };
}

/** A TWIN with points before and after each call, event and acknowledgement. */
export function markedApi(api: SessionApi, marks: Marks): SessionApi {
  const around = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    marks.pass(`before ${what}`);
    const answer = await call();
    marks.pass(`after ${what}`);
    return answer;
  };
  return {
    startSession: (...call) => around('the start', () => api.startSession(...call)),
    sendMessage: (...call) => around('a message', () => api.sendMessage(...call)),
    uploadFile: (...call) => around('an upload', () => api.uploadFile(...call)),
    history: (...call) => around('the history', () => api.history(...call)),
    reach: (signal) => api.reach(signal),
    connect: (sessionId, listener) => {
      const connection = api.connect(sessionId, {
        ...listener,
        onConnect: () => {
          marks.pass('before going online');
          listener.onConnect();
          marks.pass('after going online');
        },
        onEvent: (event) => {
          marks.pass(`before the event ${event.type}`);
          listener.onEvent(event);
          marks.pass(`after the event ${event.type}`);
        },
      });
      return {
        acknowledge: (id) => {
          marks.pass('before an acknowledgement');
          connection.acknowledge(id);
          marks.pass('after an acknowledgement');
        },
        dispose: () => {
          connection.dispose();
        },
      };
    },
  };
}

function typeOf(line: string): string {
  return (JSON.parse(line) as { readonly type?: string }).type ?? 'header';
}

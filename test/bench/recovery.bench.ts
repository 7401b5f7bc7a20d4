// A conversation of ten thousand messages that comes back from its journal (R5).
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/extension/core/clock';
import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import { Journal } from '../../src/extension/session/journal';
import { SessionManager } from '../../src/extension/session/sessionManager';
import type { DurableEvent } from '../../src/extension/session/sessionEvent';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { message, queued, sending, sent, started } from '../support/conversations';
import { FakeTwin } from '../support/fakeTwin';
import { bench, median } from './bench';

const MESSAGES = 10_000;
const TIMES = 7;
const NAME = 'bench';

/** Question and answer in turn, from now on backwards: the session is live still. */
function events(): readonly DurableEvent[] {
  const begun = Date.now() - MESSAGES * 100;
  const talk = Array.from({ length: MESSAGES / 2 }, (_, index) => {
    const at = begun + index * 200;
    const key = `own${index}`;
    return [
      queued(key, `Question ${index} of the person, in a line or so of words`, at),
      sending(key, at),
      sent(key, `s${index}`, at, at + 20),
      message(
        {
          id: `m${index}`,
          text: `**Answer** ${index} of the bot\n\nin two lines`,
          createdAt: at + 50,
        },
        at + 60,
      ),
    ];
  });
  return [started([], begun), ...talk.flat()] as DurableEvent[];
}

async function recover(storage: FileJournalStorage): Promise<number> {
  const manager = new SessionManager({
    storage,
    createApi: () => new FakeTwin(),
    clock: systemClock,
    random: () => 0.5,
    createId: () => 'id',
    logger: new Logger(() => undefined, new Redactor()),
  });
  const begun = performance.now();
  await manager.resumeLast();
  const took = performance.now() - begun;
  const rows = manager.current?.conversation.rows.length ?? 0;
  manager.dispose();
  if (rows !== MESSAGES) throw new Error(`${rows} rows came back`);
  return took;
}

/** What reading and parsing the file costs at least. */
async function parse(file: string): Promise<number> {
  const begun = performance.now();
  for (const line of (await readFile(file, 'utf8')).trimEnd().split('\n')) JSON.parse(line);
  return performance.now() - begun;
}

bench('recovery', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'twin-recovery-'));
  try {
    const storage = new FileJournalStorage(folder);
    const journal = new Journal(storage, NAME, true, {
      onFailure: (error) => {
        throw error;
      },
      onWritten: () => undefined,
    });
    await Promise.all(events().map((event) => journal.write(event)));
    const recoveries: number[] = [];
    const parsings: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      recoveries.push(await recover(storage));
      parsings.push(await parse(path.join(folder, `${NAME}.jsonl`)));
    }
    const took = median(recoveries);
    return [
      { what: `${MESSAGES} messages come back`, value: took, unit: 'ms', atMost: 500 },
      { what: 'to reading and parsing their lines', value: took / median(parsings), unit: '×' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
});

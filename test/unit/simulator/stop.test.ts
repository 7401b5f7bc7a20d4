import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startSimulator } from '../../../src/simulator/simulator';

describe('stopping', () => {
  it('leaves no listener, socket or timer, even with everything under way', async () => {
    const child = spawn(process.execPath, [join(__dirname, 'closedInMidTurn.main.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 15_000, // a process that is kept alive ends so, by a signal
    });
    const [said, [code, signal]] = await Promise.all([
      text(child.stdout),
      new Promise<[number | null, string | null]>((resolve) => {
        child.on('exit', (...how) => {
          resolve(how);
        });
      }),
    ]);
    assert.deepEqual({ said, code, signal }, { said: 'closed', code: 0, signal: null });
  });

  it('may be asked for twice', async () => {
    const simulator = await startSimulator();
    await Promise.all([simulator.close(), simulator.close()]);
    await simulator.close();
    await assert.rejects(fetch(simulator.url));
  });

  it('does not start on a port that is taken', async () => {
    const first = await startSimulator();
    const port = Number(new URL(first.url).port);
    try {
      await assert.rejects(startSimulator({ port }), { code: 'EADDRINUSE' });
    } finally {
      await first.close();
    }
  });
});

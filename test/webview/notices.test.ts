import assert from 'node:assert/strict';
import { press } from './press';
import { conversation, message, MINUTE, NOON, ownMessage, pendingFile, problem } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** On how many lines each host's name stands. */
const linesOfHosts = (view: ViewPage) =>
  view.page.locator('.host').evaluateAll((hosts) =>
    hosts.map((host) => {
      const range = document.createRange();
      range.selectNodeContents(host);
      return range.getClientRects().length;
    }),
  );

describe('a notice', () => {
  const open = withView();

  it('says that it reconnects, and tries at once when asked', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'reconnecting', rows: [message('b')] }));
    await view.page.getByText('What you send waits').waitFor();
    await press(view, 'Try now', 'reconnect');
    await view.change({ connection: 'online' });
    assert.equal(await view.page.getByText('What you send waits').count(), 0);
  });

  it('warns that the disk does not take the conversation', async () => {
    const view = await open();
    await view.snapshot(conversation({ storageFailed: true }));
    assert.equal(await view.page.getByText('is not being saved').isVisible(), true);
  });

  it('runs a clock while an operator is awaited', async () => {
    const view = await open({ clock: true });
    await view.page.clock.install({ time: NOON });
    await view.page.clock.pauseAt(NOON + MINUTE);
    await view.postOnClock(conversation({ operatorRequestedAt: NOON }));
    const timer = view.page.getByRole('timer');
    assert.equal(await timer.textContent(), '1:00');
    await view.page.clock.runFor(5_000);
    assert.equal(await timer.textContent(), '1:05');
  });

  it('says from five minutes before that the session may end', async () => {
    const view = await open({ clock: true });
    await view.page.clock.install({ time: NOON });
    await view.page.clock.pauseAt(NOON + MINUTE);
    await view.postOnClock(conversation({ expiresAt: NOON + 10 * MINUTE }));
    const notice = view.page.locator('[data-notice="expiry"]');
    assert.equal(await notice.count(), 0);
    await view.page.clock.runFor(4 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may end in 5\u00a0minutes/);
    await view.page.clock.runFor(4 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may end in 1\u00a0minute$/);
    await view.page.clock.runFor(2 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may have ended/);
  });

  it('breaks no host at its hyphen, and no sentence for a button, at 220 px', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(
      conversation({
        connection: 'reconnecting',
        rows: [ownMessage('f', { delivery: 'failed', problem: problem() })],
        composer: {
          draft: { text: '', version: 0 },
          pending: [pendingFile({ state: 'failed', problem: problem({ step: 'upload' }) })],
        },
      }),
    );
    const words = view.page.locator('[data-notice="reconnecting"] > span');
    assert.ok(((await words.boundingBox())?.width ?? 0) > 150);
    assert.deepEqual(await linesOfHosts(view), [1, 1]);
    const failed = problem({ step: 'start', reason: 'unreachable' });
    await view.snapshot(conversation({ connection: 'failed', peer: null, problem: failed }));
    assert.deepEqual(await linesOfHosts(view), [1]);
  });
});

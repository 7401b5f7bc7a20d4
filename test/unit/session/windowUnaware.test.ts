// One window has taken a session over, and the other one, which had it, does not know of that yet.

import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { incoming } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';
import { WindowsBench } from '../../support/windowsBench';

const log = useTestLog();
useLeakCheck();

describe('Two windows', () => {
  let bench: WindowsBench;

  beforeEach(async () => {
    bench = new WindowsBench(log.logger);
    await bench.begin();
  });

  afterEach(() => bench.close());

  const learnsBy = (what: 'draft' | 'message') => async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    const [first] = bench.windows;
    const id = first?.current?.attach(clear(outgoingFile({ name: 'a.txt' }))) ?? '';
    if (what === 'draft') {
      first?.current?.composer.setDraft('too late');
      await settle();
    }
    const message = { key: 'x', text: clear('too late'), attachmentIds: [id], replyTo: null };
    first?.current?.send(message);
    await settle();
    assert.deepEqual(
      [bench.shown(0)?.elsewhere, bench.shown(0)?.composer.draft.text],
      [true, 'too late'],
    );
    assert.deepEqual([bench.twins[0]?.sends.length, bench.texts(1)], [0, ['Hello']]);
    const aside = { key: 'y', text: clear('from the editor'), attachmentIds: [], replyTo: null };
    first?.current?.send({ ...aside, keepDraft: true });
    const continued = first?.continueHere();
    await bench.clock.advance(300);
    await continued;
    const { draft, pending } = bench.shown(0)?.composer ?? {};
    assert.match([...bench.storage.drafts.values()].join(), /too late$/);
    const names = pending?.map(({ name }) => name);
    assert.deepEqual([draft?.text, names], ['too late', ['a.txt']]);
  };

  it(
    'lose nothing that is sent in the one that does not know yet: it goes along when that continues',
    learnsBy('message'),
  );

  it('lose nothing that is written in the one that learns of the other by that', learnsBy('draft'));

  it('take what did not go along into the chat that is begun instead', async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    const [first] = bench.windows;
    first?.current?.composer.setDraft('too late');
    await settle();
    assert.equal(bench.shown(0)?.elsewhere, true);
    await first?.startChat(SETTINGS);
    await settle();
    assert.equal(bench.shown(0)?.composer.draft.text, 'too late');
  });

  it('lose no draft either, when something else is sent in the one that does not know yet', async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    const [first] = bench.windows;
    first?.current?.composer.setDraft('half a sen');
    const message = { key: 'x', text: clear('src/a.ts'), attachmentIds: [], replyTo: null };
    first?.current?.send({ ...message, keepDraft: true });
    await settle();
    assert.deepEqual(
      [bench.shown(0)?.elsewhere, bench.shown(0)?.composer.draft.text],
      [true, 'src/a.ts\n\nhalf a sen'],
    );
    await bench.continueIn(0);
    assert.equal(bench.shown(0)?.composer.draft.text, 'src/a.ts\n\nhalf a sen');
  });

  it('keep the draft of the one that has the session, whatever is typed in the other', async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    bench.windows[1]?.current?.composer.setDraft('newer');
    await bench.clock.advance(1_000);
    bench.windows[0]?.current?.composer.setDraft('older');
    await bench.clock.advance(1_000);
    assert.match([...bench.storage.drafts.values()].join(), /newer$/);
    assert.deepEqual(
      [bench.shown(0)?.elsewhere, bench.shown(0)?.composer.draft.text],
      [true, 'older'],
    );
  });

  it('write and acknowledge a message once, though both hear it and the first knows of nothing', async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    bench.twins[1]?.live.listener.onConnect();
    await settle();
    bench.storage.history.length = 0;
    const event = { type: 'message', message: incoming({ id: 'm1', text: 'once' }) } as const;
    for (const twin of bench.twins) await twin.emit(event);
    assert.deepEqual(bench.storage.history, ['written received', 'acknowledged m1']);
    assert.deepEqual([bench.shown(0)?.elsewhere, bench.texts(1)], [true, ['Hello', 'once']]);
  });

  it('send a message from the one that has the session only', async () => {
    bench.leases.telling = false;
    await bench.openWindow().resumeLast();
    await bench.continueIn(1);
    bench.windows[0]?.current?.send({
      key: 'x',
      text: clear('x'),
      attachmentIds: [],
      replyTo: null,
    });
    await settle();
    assert.deepEqual([bench.twins[0]?.sends.length, bench.shown(0)?.elsewhere], [0, true]);
  });
});

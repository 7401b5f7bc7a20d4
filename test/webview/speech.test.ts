import assert from 'node:assert/strict';
import { conversation, file, happening, message, ownMessage, problem } from './samples';
import { withView } from './withView';

describe('what is spoken', () => {
  const open = withView();

  it('is each new message, once, in order, apart from the log', async () => {
    const view = await open();
    const old = message('old');
    await view.snapshot(conversation({ rows: [old] }));
    assert.deepEqual(await view.spoken(), [], 'what was there is not news');
    const rows = [
      old,
      message('1', { text: 'Hello **you**', answers: ['Yes', 'No'], answersOpen: true }),
      ownMessage('2', { text: 'Yes', attachments: [file()] }),
      happening('3', { type: 'operatorAssigned', name: 'Anna' }),
    ];
    await view.change({ rows: rows.slice(0, 2) });
    await view.change({ rows });
    const sentences = [
      'Robin: Hello you Answers: Yes, No',
      'You: Yes Files: report.pdf',
      'Anna has joined',
    ];
    assert.deepEqual(await view.spoken(), sentences);
    await view.snapshot(conversation({ rows }));
    await view.change({
      rows: [...rows.slice(0, 2), ownMessage('2', { delivery: 'read' }), ...rows.slice(3)],
    });
    assert.deepEqual(await view.spoken(), sentences, 'a change is not news');
    const region = view.page.locator('[aria-live="polite"][data-part="announcer"]');
    assert.equal(await view.log.locator('[data-part="announcer"]').count(), 0);
    assert.equal(await region.count(), 1);
  });

  it('is what came while patches were missing', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('1')] }));
    view.skipRevision();
    await view.change({ rows: [message('1'), message('2')] });
    await view.snapshot(conversation({ rows: [message('1'), message('2')] }));
    assert.deepEqual(await view.spoken(), ['Robin: Text of 2']);
  });

  it('is that a message failed, once for each time', async () => {
    const view = await open();
    const fate = (delivery: 'sending' | 'failed', why = problem()) =>
      ownMessage('c', { text: 'Hi', delivery, problem: delivery === 'failed' ? why : null });
    await view.snapshot(conversation({ rows: [fate('sending')] }));
    await view.change({ rows: [fate('failed')] });
    await view.change({ rows: [fate('failed', problem({ reason: 'timeout' }))] });
    await view.change({ rows: [fate('sending')] });
    await view.change({ rows: [fate('failed')] });
    assert.deepEqual(await view.spoken(), ['Not sent: Hi', 'Not sent: Hi']);
  });

  it('is nothing of another conversation that one comes to', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('1')] }));
    await view.snapshot(conversation({ key: 'conversation-2', rows: [message('2')] }));
    await view.change({ rows: [message('2'), message('3')] });
    assert.deepEqual(await view.spoken(), ['Robin: Text of 3']);
  });

  it('is forgotten after a while, however much there is', async () => {
    const view = await open();
    const rows = Array.from({ length: 60 }, (_, index) => message(`${index}`));
    await view.snapshot(conversation({ rows: rows.slice(0, 1) }));
    await view.change({ rows });
    const spoken = await view.spoken();
    assert.equal(spoken.at(-1), 'Robin: Text of 59');
    assert.ok(spoken.length < 30, `${spoken.length} sentences`);
  });

  it('is not endless', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('old')] }));
    await view.change({ rows: [message('old'), message('1', { text: 'word '.repeat(5_000) })] });
    const [sentence = ''] = await view.spoken();
    assert.ok(sentence.length < 700);
  });

  it('names as many answers as have keys, and how many more there are', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('old')] }));
    const answers = Array.from({ length: 5_000 }, (_, index) => `${index + 1}`);
    await view.change({ rows: [message('old'), message('1', { text: 'Which?', answers })] });
    assert.deepEqual(await view.spoken(), [
      'Robin: Which? Answers: 1, 2, 3, 4, 5, 6, 7, 8, 9, … 4,991 more',
    ]);
  });
});

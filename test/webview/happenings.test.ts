import assert from 'node:assert/strict';
import { conversation, happening, MINUTE, NOON } from './samples';
import { withView } from './withView';

describe('the conversation', () => {
  const open = withView();

  it('tells each happening in words', async () => {
    const view = await open();
    await view.snapshot(
      conversation({
        rows: [
          happening('1', { type: 'operatorRequested' }),
          happening('2', { type: 'operatorAssigned', name: 'Anna' }),
          happening('3', { type: 'operatorReplaced', name: 'Boris', previousName: 'Anna' }),
          happening('4', { type: 'operatorStatus', name: 'Boris', status: 'AWAY' }),
          happening('4a', { type: 'operatorStatus', name: 'Boris', status: 'On a break' }),
          happening('5', { type: 'operatorLeft', name: null }),
          happening('6', { type: 'ended', by: 'server' }),
          happening('7', { type: 'gap', from: NOON, to: NOON + 5 * MINUTE }),
          happening('8', { type: 'gap', from: NOON, to: NOON + 1 }),
        ],
      }),
    );
    assert.deepEqual(await view.log.locator('[data-author="system"]').allTextContents(), [
      'An operator has been asked to join',
      'Anna has joined',
      'Boris has taken over from Anna',
      'Boris: away',
      'Boris: On a break',
      'The operator has left',
      'TWIN has closed this session',
      'The connection was interrupted between 12:00 and 12:05: messages may be missing. If you expected an answer, ask again.',
      'The connection was interrupted at about 12:00: messages may be missing. If you expected an answer, ask again.',
    ]);
  });
});

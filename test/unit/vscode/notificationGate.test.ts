import assert from 'node:assert/strict';
import { NotificationGate } from '../../../src/extension/vscode/notificationGate';

const bot = { author: 'bot' } as const;
const operator = { author: 'operator' } as const;

describe('NotificationGate', () => {
  let now: number;
  let gate: NotificationGate;

  beforeEach(() => {
    now = 0;
    gate = new NotificationGate({ monotonic: () => now });
  });

  it('lets operators through, bots only where all are wanted, nobody where none is', () => {
    assert.equal(gate.admits(operator, 'never'), false);
    assert.equal(gate.admits(bot, 'operatorOnly'), false);
    assert.equal(gate.admits(operator, 'operatorOnly'), true);
    now = 60_000;
    assert.equal(gate.admits(bot, 'all'), true);
  });

  it('lets one through in 30 seconds; those it holds back do not count', () => {
    assert.equal(gate.admits(operator, 'all'), true);
    now = 29_999;
    assert.equal(gate.admits(operator, 'all'), false);
    now = 30_000;
    assert.equal(gate.admits(operator, 'all'), true);
  });
});

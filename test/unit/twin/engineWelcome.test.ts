import assert from 'node:assert/strict';
import { isWelcome } from '../../../src/extension/twin/engineWelcome';

const GOOD = { sid: 's', upgrades: ['websocket'], pingInterval: 25_000, pingTimeout: 5_000 };

describe("Engine.IO's welcome", () => {
  it('is taken as servers give it', () => {
    assert.ok(isWelcome(JSON.stringify(GOOD)));
  });

  for (const bad of [
    { sid: { toString: true } },
    { sid: '' },
    { upgrades: null },
    { upgrades: [{}] },
    { pingInterval: 0 },
    { pingInterval: '25000' },
    { pingInterval: 1e300 },
    { pingTimeout: false },
  ])
    it(`is refused with ${JSON.stringify(bad)}`, () => {
      assert.ok(!isWelcome(JSON.stringify({ ...GOOD, ...bad })));
    });

  for (const bad of [undefined, '', '{', 'null', '[]'])
    it(`is not ${JSON.stringify(bad)}`, () => {
      assert.ok(!isWelcome(bad));
    });
});

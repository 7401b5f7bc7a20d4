import assert from 'node:assert/strict';
import { PersistentMap } from '../../../src/extension/session/persistentMap';
import { forSeeds } from '../../support/seeds';

describe('PersistentMap', () => {
  it('holds what a Map holds, and old ones stay as they were', () => {
    forSeeds(50, (random) => {
      const model = new Map<string, number>();
      let map = PersistentMap.empty<number>();
      for (let step = 0; step < 500; step += 1) {
        const key = `k${random.below(300)}`;
        const before = map;
        const old = before.get(key);
        map = map.set(key, step);
        model.set(key, step);
        assert.equal(before.get(key), old);
      }
      for (const [key, value] of model) assert.equal(map.get(key), value);
      assert.equal(map.get('nobody'), undefined);
    });
  });

  it('tells keys of the same hash apart', () => {
    // FNV-1a of these two is equal.
    const map = PersistentMap.empty<number>().set('costarring', 1).set('liquid', 2);
    assert.deepEqual([map.get('costarring'), map.get('liquid')], [1, 2]);
    assert.equal(map.set('liquid', 3).get('liquid'), 3);
  });
});

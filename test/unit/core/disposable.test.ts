import assert from 'node:assert/strict';
import {
  DisposableStore,
  setDisposableTracker,
  toDisposable,
  type Disposable,
} from '../../../src/extension/core/disposable';
import { Emitter } from '../../../src/extension/core/event';

describe('toDisposable', () => {
  it('calls its function once', () => {
    let calls = 0;
    const disposable = toDisposable(() => (calls += 1));
    disposable.dispose();
    disposable.dispose();
    assert.equal(calls, 1);
  });
});

describe('DisposableStore', () => {
  it('disposes in reverse, goes on after a failure, and tells of it', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push(1)));
    store.add({
      dispose() {
        throw new Error('no');
      },
    });
    store.add(toDisposable(() => order.push(3)));
    assert.throws(() => {
      store.dispose();
    }, AggregateError);
    assert.deepEqual(order, [3, 1]);
    store.dispose();
    assert.deepEqual(order, [3, 1]);
  });

  it('disposes at once of what comes too late', () => {
    const store = new DisposableStore();
    store.dispose();
    let gone = false;
    store.add(toDisposable(() => (gone = true)));
    assert.ok(gone);
  });

  it('lets go of one member early', () => {
    let calls = 0;
    const store = new DisposableStore();
    const member = store.add(toDisposable(() => (calls += 1)));
    store.delete(member);
    store.dispose();
    assert.equal(calls, 1);
  });
});

describe('the tracker of leaks', () => {
  it('is told of births and deaths', () => {
    const living = new Set<Disposable>();
    setDisposableTracker({
      created: (it) => living.add(it),
      disposed: (it) => living.delete(it),
    });
    try {
      const store = new DisposableStore();
      const leaked = toDisposable(() => undefined);
      store.dispose();
      assert.deepEqual([...living], [leaked]);
    } finally {
      setDisposableTracker(null);
    }
  });
});

describe('Emitter', () => {
  it('calls each subscription until it is taken off', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => {
      heard.push(value);
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, [1, 1, 2]);
  });
});

import { deepEqual } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Emitter } from '../../../src/extension/core/event';
import { TreeRefresh } from '../../../src/extension/vscode/treeRefresh';

describe('TreeRefresh', () => {
  /** A tree that notes when VS Code asks, is answered and is told. */
  function open() {
    const visibility = new Emitter<{ readonly visible: boolean }>();
    const tree = { visible: true, onDidChangeVisibility: visibility.event };
    const story: string[] = [];
    const refresh = new TreeRefresh(tree, () => story.push('told'));
    return {
      refresh,
      story,
      show(visible: boolean) {
        tree.visible = visible;
        visibility.fire({ visible });
      },
      ask: (meanwhile: () => void = () => undefined) =>
        refresh.answer(async () => {
          await setImmediate();
          meanwhile();
          story.push('answered');
        }),
      [Symbol.dispose]() {
        refresh.dispose();
        visibility.dispose();
      },
    };
  }

  it('tells at once of a change', () => {
    using it = open();
    it.refresh.changed();
    deepEqual(it.story, ['told']);
  });

  it('waits with what changes while VS Code asks, till it has the answer', async () => {
    using it = open();
    const changed = () => {
      it.refresh.changed();
    };
    await it.ask(changed);
    changed();
    deepEqual(it.story, ['answered']);
    await setImmediate();
    deepEqual(it.story, ['answered', 'told']);
  });

  it('waits for the last of several answers', async () => {
    using it = open();
    let answerLate: () => void = () => undefined;
    const late = it.refresh.answer(
      () =>
        new Promise<undefined>((resolve) => {
          answerLate = () => {
            resolve(undefined);
          };
        }),
    );
    await it.ask(() => {
      it.refresh.changed();
    });
    await setImmediate();
    deepEqual(it.story, ['answered']);
    answerLate();
    await late;
    await setImmediate();
    deepEqual(it.story, ['answered', 'told']);
  });

  it('tells nothing of a hidden tree until it is shown, and then once', () => {
    using it = open();
    it.show(false);
    it.refresh.changed();
    it.refresh.changed();
    deepEqual(it.story, []);
    it.show(true);
    it.show(false);
    it.show(true);
    deepEqual(it.story, ['told']);
  });

  it('has no more to tell when VS Code has asked since', async () => {
    using it = open();
    it.show(false);
    it.refresh.changed();
    await it.ask();
    it.show(true);
    await setImmediate();
    deepEqual(it.story, ['answered']);
  });

  it('tells nothing once it is disposed of', async () => {
    const it = open();
    await it.ask(() => {
      it.refresh.changed();
    });
    it[Symbol.dispose]();
    await setImmediate();
    deepEqual(it.story, ['answered']);
  });
});

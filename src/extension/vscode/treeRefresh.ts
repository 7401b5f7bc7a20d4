// When VS Code may be told that a tree changed. It joins a refresh to a question that it has asked
// already, and forgets meanwhile what the answer will refer to: told between its question and our
// answer, it shows days without conversations. And what it is told of a hidden tree, it may carry out
// at the very moment the tree is opened, and asks.
import type { Event } from '../core/event';
import { DisposableStore, toDisposable, type Disposable } from '../core/disposable';

/** What is needed to know of a `vscode.TreeView`. */
export interface SeenTree {
  readonly visible: boolean;
  readonly onDidChangeVisibility: Event<{ readonly visible: boolean }>;
}

export class TreeRefresh implements Disposable {
  private readonly lifetime = new DisposableStore();
  private questions = 0;
  private isStale = false;

  /** @param tell tells VS Code that the whole tree changed */
  constructor(
    private readonly tree: SeenTree,
    private readonly tell: () => void,
  ) {
    this.lifetime.add(
      tree.onDidChangeVisibility(() => {
        this.tellIfStale();
      }),
    );
  }

  /** What the tree shows is no longer so. */
  changed(): void {
    this.isStale = true;
    this.tellIfStale();
  }

  /** Reads what is at the tree's root, for VS Code that asks for it. */
  async answer<T>(read: () => Promise<T>): Promise<T> {
    this.questions += 1;
    this.isStale = false;
    try {
      return await read();
    } finally {
      // VS Code has the answer only after what is in its queue now.
      const timer = setImmediate(() => {
        this.lifetime.delete(cancel);
        this.questions -= 1;
        this.tellIfStale();
      });
      const cancel = this.lifetime.add(
        toDisposable(() => {
          clearImmediate(timer);
        }),
      );
    }
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private tellIfStale(): void {
    if (!this.isStale || this.questions > 0 || !this.tree.visible) return;
    this.isStale = false;
    this.tell();
  }
}

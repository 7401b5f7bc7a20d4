import type * as vscode from 'vscode';
import { Emitter } from '../core/event';

/** Counts what the other side said while the chat was out of sight. */
export class Unread implements vscode.Disposable {
  private readonly changes = new Emitter<number>();
  private total = 0;

  readonly onDidChange = this.changes.event;

  get count(): number {
    return this.total;
  }

  add(): void {
    this.set(this.total + 1);
  }

  clear(): void {
    if (this.total !== 0) this.set(0);
  }

  dispose(): void {
    this.changes.dispose();
  }

  private set(total: number): void {
    this.total = total;
    this.changes.fire(total);
  }
}

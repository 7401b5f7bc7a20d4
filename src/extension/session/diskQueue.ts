// Which messages have not left yet, by what is on disk. After a restart that is all that is known, and
// they are sent then: so the step with which one leaves, or is taken back, has to be on disk first.

import type { DurableEvent } from './sessionEvent';

export class DiskQueue {
  private readonly keys = new Set<string>();
  /** They leave after their files. */
  private readonly withFiles = new Set<string>();

  /** These are on disk. */
  written(events: readonly DurableEvent[]): void {
    for (const event of events) if ('key' in event) this.note(event);
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  private note(event: Extract<DurableEvent, { key: string }>): void {
    const { key } = event;
    if (event.type === 'queued' && event.attachments.some(({ id }) => id === null))
      this.withFiles.add(key);
    if (event.type === 'uploaded') this.withFiles.delete(key);
    const stays = event.type === 'sending' && this.withFiles.has(key);
    if (event.type === 'queued' || event.type === 'requeued') this.keys.add(key);
    else if (!stays) this.keys.delete(key);
  }
}

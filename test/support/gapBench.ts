import assert from 'node:assert/strict';
import { TwinError } from '../../src/extension/core/errors';
import type { History } from '../../src/extension/twin/model';
import { START } from './conversations';
import { settle } from './manualClock';
import { SessionBench } from './sessionBench';

/** A session whose connection goes and comes back, with the history of what was said meanwhile. */
export class GapBench extends SessionBench {
  /** From 10 s to 30 s after the start nothing is heard. */
  async outage(): Promise<void> {
    await this.clock.advance(10_000);
    this.twin.live.listener.onHeartbeat(true);
    await this.disconnected();
    while (this.clock.now() < START + 30_000) {
      if (this.twin.open > 0) this.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
      await this.clock.advance(1_000);
    }
    this.session.reconnectNow();
    await this.connected();
    assert.deepEqual(this.happenings, ['gap']);
  }

  /** What the newest question for the history is told; `null`: there is none. */
  async answerHistory(history: Partial<History> | null): Promise<void> {
    const call = this.twin.histories.at(-1);
    call?.answer(history && { count: null, messages: [], ...history });
    await settle();
  }

  /** From when till when each gap that is shown reaches, ms after the start. */
  get spans(): readonly (readonly [number, number])[] {
    return this.session.conversation.rows.flatMap((row) =>
      row.kind === 'happening' && row.happening.type === 'gap'
        ? [[row.happening.from - START, row.happening.to - START] as const]
        : [],
    );
  }
}

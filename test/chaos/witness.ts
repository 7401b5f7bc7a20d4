// Watches the screen of a window all the time, for what must not be seen even for a moment.

import type { ChatSession } from '../../src/extension/session/chatSession';
import type { ConversationView } from '../../src/shared/conversation';

/** Keys of own messages that were to be seen in these states. */
export interface Screens {
  readonly heldByDisk: Set<string>;
  readonly doubted: Set<string>;
}

export interface WitnessParts {
  readonly screens: Screens;
  /** The person's clock, as far ahead as it has ever been, ms since the epoch. */
  readonly latestNow: () => number;
  readonly complain: (what: string) => void;
}

export class Witness {
  private readonly subscription;
  private painted: readonly string[] = [];

  constructor(
    private readonly parts: WitnessParts,
    session: ChatSession,
  ) {
    this.look(session.conversation);
    this.subscription = session.onDidChange((view) => {
      this.look(view);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private look({ rows }: ConversationView): void {
    const { latestNow, complain, screens } = this.parts;
    for (const row of rows) {
      if (row.kind !== 'message') continue;
      if (row.problem?.reason === 'disk') screens.heldByDisk.add(row.key);
      if (row.delivery === 'unknown') screens.doubted.add(row.key);
    }
    const keys = rows.map(({ key }) => key);
    const before = new Set(this.painted);
    const there = new Set(keys);
    const stayed = keys.filter((key) => before.has(key));
    const were = this.painted.filter((key) => there.has(key));
    const jumped = stayed.find((key, place) => key !== were[place]);
    if (jumped !== undefined) complain(`jumped on the screen: ${jumped}`);
    for (const row of rows)
      if (!before.has(row.key) && row.at > latestNow())
        complain(`of the future by ${row.at - latestNow()} ms: ${JSON.stringify(row)}`);
    this.painted = keys;
  }
}

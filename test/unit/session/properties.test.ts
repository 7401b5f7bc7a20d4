// Whatever the order in which the network brings things, the conversation is the same.

import assert from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../src/extension/session/conversation';
import { replay } from '../../../src/extension/session/replay';
import type { DurableEvent, SessionEvent } from '../../../src/extension/session/sessionEvent';
import { reduce } from '../../../src/extension/session/reducer';
import {
  connection,
  fold,
  incoming,
  message,
  messageRows,
  online,
  queued,
  received,
  sending,
  sent,
  START,
  started,
  textsOf,
} from '../../support/conversations';
import { forSeeds, type SeededRandom } from '../../support/seeds';

const SEEDS = 300;

/** Each of `events` once or up to five times, in any order. */
function repeatedAndShuffled(random: SeededRandom, events: readonly SessionEvent[]) {
  return random.shuffle(
    events.flatMap((event) => Array.from({ length: 1 + random.below(5) }, () => event)),
  );
}

/** One of all the orders that keep the order within each list. */
function interleaved(random: SeededRandom, lists: readonly (readonly SessionEvent[])[]) {
  const rest = lists.map((list) => [...list]);
  const result: SessionEvent[] = [];
  for (;;) {
    const next = random.pick(rest.filter((list) => list.length > 0))?.shift();
    if (next === undefined) return result;
    result.push(next);
  }
}

describe('the order of what comes', () => {
  it('is that of its creation, each once, however often and late it comes', () => {
    forSeeds(SEEDS, (random) => {
      const count = 1 + random.below(30);
      const times = Array.from({ length: count }, (_, index) => START + 1_000 + index * 700);
      const events = times.map((createdAt, index) =>
        message({ id: `m${index}`, text: String(index), createdAt }, START + 90_000),
      );
      const c = online(...repeatedAndShuffled(random, events));
      assert.deepEqual(
        textsOf(c),
        times.map((_, index) => String(index)),
      );
    });
  });

  it('is that of its arrival where there are no times', () => {
    forSeeds(20, (random) => {
      const events = random.shuffle([0, 1, 2, 3, 4]).map(String);
      const c = online(...events.map((text) => message({ id: text, text })));
      assert.deepEqual(textsOf(c), events);
    });
  });

  it('leaves painted own messages where they are', () => {
    forSeeds(SEEDS, (random) => {
      let c = online();
      const own: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        const at = START + step * 500;
        const before = messageRows(c).map((it) => it.key);
        c = oneStep(random, c, step, at, own);
        const after = messageRows(c).map((it) => it.key);
        assert.deepEqual(
          after.filter((key) => before.includes(key)),
          before,
        );
      }
    });
  });
});

function oneStep(random: SeededRandom, c: Conversation, step: number, at: number, own: string[]) {
  const createdAt = START + random.below(step * 600 + 1);
  switch (random.below(3)) {
    case 0:
      own.push(`o${step}`);
      return fold([queued(`o${step}`, 'x', at), sending(`o${step}`, at)], c);
    case 1: {
      const key = own.shift();
      return key === undefined ? c : reduce(c, sent(key, `s-${key}`, createdAt, at));
    }
    default:
      return reduce(c, message({ id: `m${step}`, createdAt }, at));
  }
}

describe('an own message', () => {
  it('is shown once and as sent, whenever echo, answer and receipt come', () => {
    forSeeds(SEEDS, (random) => {
      const texts = ['same', 'same', 'other'];
      const lists: SessionEvent[][] = [[]];
      texts.forEach((text, index) => {
        const key = `k${index}`;
        const id = `s${index}`;
        // One POST at a time; its echo at any time after it left, or never.
        lists[0]?.push(queued(key, text), sending(key), sent(key, id));
      });
      let c = online();
      const late: SessionEvent[] = [];
      for (const event of lists[0] ?? []) {
        c = reduce(c, event);
        if (event.type !== 'sending') continue;
        const index = Number(event.key.slice(1));
        const echo = message({ id: `s${index}`, author: 'client', text: texts[index] ?? '' });
        const read = received({ type: 'read', messageId: `s${index}` });
        for (const it of repeatedAndShuffled(random, [echo, read]))
          if (random.below(2) === 0) c = reduce(c, it);
          else late.push(it);
      }
      c = fold(random.shuffle(late), c);
      assert.deepEqual(textsOf(c), texts);
      assert.deepEqual(
        messageRows(c).map((it) => it.delivery),
        ['read', 'read', 'read'],
      );
    });
  });

  it('of unknown fate is settled by its echo and by no other message of the same text', () => {
    forSeeds(SEEDS, (random) => {
      const taken = random.below(2) === 0;
      const echoOfLost = message({ id: 's0', author: 'client', text: 'same' });
      const echo = message({ id: 's1', author: 'client', text: 'same' });
      const lost = [
        queued('k0', 'same'),
        sending('k0'),
        { type: 'becameUnknown', at: START, key: 'k0' } as const,
      ];
      const next = [queued('k1', 'same'), sending('k1')];
      const c = online(...lost, ...next);
      const echoes = taken ? random.shuffle([echo, echoOfLost]) : [echo];
      const rest = interleaved(random, [[sent('k1', 's1')], echoes]);
      const d = fold(rest, c);
      const [first, second] = messageRows(d);
      assert.equal(messageRows(d).length, 2);
      assert.deepEqual([first?.delivery, second?.delivery], [taken ? 'sent' : 'unknown', 'sent']);
    });
  });
});

describe('the greeting', () => {
  it('is shown once, by REST, by socket, by both, either first, in any shape', () => {
    forSeeds(SEEDS, (random) => {
      const parts = Array.from({ length: 1 + random.below(3) }, (_, index) => `part ${index}`);
      const answers = (): string[] => (random.below(2) === 0 ? ['yes', 'no'] : []);
      const rest = parts.map((text) => incoming({ text, answers: answers() }));
      const socket = parts.map((text, index) =>
        message({ id: `g${index}`, text, answers: answers(), createdAt: START }),
      );
      const way = random.pick(['rest', 'socket', 'both'] as const);
      const begin = started(way === 'socket' ? [] : rest);
      const events = way === 'rest' ? [] : repeatedAndShuffled(random, socket);
      // Our first message may leave in the midst of it.
      const own = random.below(2) === 0 ? [] : [queued('k', 'own'), sending('k')];
      const c = online(begin, ...interleaved(random, [events, own]));
      const greeted = textsOf(c).filter((text) => text !== 'own');
      assert.deepEqual([...greeted].sort(), parts);
    });
  });
});

describe('the journal', () => {
  it('replayed gives the same conversation', () => {
    forSeeds(50, (random) => {
      const events = [
        ...[0, 1, 2].flatMap((index) => [queued(`k${index}`, 'x'), sending(`k${index}`)]),
        ...random.shuffle([0, 1, 2]).map((index) => sent(`k${index}`, `s${index}`)),
        ...repeatedAndShuffled(random, [message({ id: 'm', createdAt: START + 5 })]),
      ];
      const all = [started([incoming(), incoming()]), ...events];
      const lived = fold([connection('starting'), ...all]);
      const journal = JSON.parse(JSON.stringify(all)) as DurableEvent[];
      const replayed = replay(emptyConversation('k', false), journal, (error) => {
        throw error;
      });
      assert.deepEqual(replayed, lived);
    });
  });
});

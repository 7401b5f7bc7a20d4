import assert from 'node:assert/strict';
import type { Row } from '../../src/shared/conversation';
import { Heights } from '../../src/webview/heights';
import { listItems, newestOpenSet, type ListItem } from '../../src/webview/listItems';
import { happening, message, NOON, ownMessage } from './samples';

const DAY = 86_400_000;
const NOTHING = { rows: [], items: [] };
const formats = {
  dayOf: (at: number) => ({ start: at - (at % DAY), end: at - (at % DAY) + DAY }),
};
const itemsOf = (rows: readonly Row[]) => listItems(rows, formats, NOTHING);

/** A day, or the row with a star where it carries name and picture. */
const shape = (items: readonly ListItem[]) =>
  items.map((item) => (item.kind === 'day' ? 'day' : item.key + (item.startsRun ? '*' : '')));

describe('the items of the list', () => {
  it('begin each day with a divider and a run, also where a row is of the day before', () => {
    const rows = [
      message('a', { at: NOON }),
      message('b', { at: NOON + 1 }),
      message('c', { at: NOON + DAY / 2 }),
      message('d', { at: NOON + DAY / 2 - 1 }),
    ];
    assert.deepEqual(shape(itemsOf(rows)), ['day', 'a*', 'b', 'day', 'c*', 'day', 'd*']);
  });

  it('begin a run with each other author, also one without a name, and after what happened', () => {
    const rows = [
      message('a', { authorName: null }),
      ownMessage('b'),
      ownMessage('c'),
      happening('h', { type: 'operatorLeft', name: null }),
      ownMessage('d'),
    ].map((row) => ({ ...row, at: NOON }));
    assert.deepEqual(shape(itemsOf(rows)), ['day', 'a*', 'b*', 'c', 'h*', 'd*']);
  });

  it('stay the same objects up to the first row that has changed, and go on as if made at once', () => {
    const rows = [message('a', { at: NOON }), message('b', { at: NOON })];
    const before = { rows, items: itemsOf(rows) };
    const more = [...rows, message('c', { at: NOON }), message('d', { at: NOON + DAY })];
    const items = listItems(more, formats, before);
    assert.ok(before.items.every((item, index) => item === items[index]));
    assert.deepEqual(items, itemsOf(more));
    const changed = more.map((row) => (row.key === 'b' ? { ...row, text: 'other' } : row));
    const again = listItems(changed, formats, { rows: more, items });
    assert.equal(again[1], items[1]);
    assert.deepEqual(again, itemsOf(changed));
  });

  it('know the newest answers that can be pressed, whatever came after them', () => {
    const open = message('b', { answers: ['Yes'], answersOpen: true });
    const old = message('a', { answers: ['Yes'], answersOpen: true });
    const rows = [
      old,
      open,
      message('c', { answers: ['No'] }),
      message('d', { answersOpen: true }),
    ];
    const none = { rows: [], openSet: null };
    assert.equal(newestOpenSet(rows, none), open);
    const closed = rows.slice(2);
    assert.equal(newestOpenSet(closed, none), null);
    assert.equal(newestOpenSet([...closed, open], { rows: closed, openSet: null }), open);
    assert.equal(newestOpenSet([old, ...closed], { rows: closed, openSet: null }), old);
    // Those before it may be the newest again once it is closed.
    const answered = [old, { ...open, answersOpen: false }];
    assert.equal(newestOpenSet(answered, { rows, openSet: open }), old);
  });
});

describe('the heights of the list', () => {
  const filled = (count: number) => {
    const items = itemsOf(Array.from({ length: count }, (_, index) => message(`m${index}`)));
    const heights = new Heights();
    heights.update(items);
    for (let index = 0; index < items.length; index += 1) heights.set(index, 10);
    return { items, heights };
  };

  it('add up, and tell what lies between two of them', () => {
    const { heights, items } = filled(9);
    assert.equal(heights.total, 100);
    assert.equal(heights.sum({ first: 2, end: 5 }), 30);
    assert.deepEqual(heights.between(25, 41), { first: 2, end: 5 });
    assert.deepEqual(heights.between(20, 40), { first: 2, end: 4 });
    assert.deepEqual(heights.between(-50, 0), { first: 0, end: 0 });
    assert.deepEqual(heights.between(1_000, Infinity), { first: 9, end: 10 });
    assert.deepEqual(new Heights().between(0, 100), { first: 0, end: 0 });
    heights.set(3, 25);
    assert.equal(heights.total, 115);
    assert.deepEqual(heights.between(25, 56), { first: 2, end: 5 });
    heights.update(items.slice(0, 2));
    assert.equal(heights.total, 20);
  });

  it('stay with their items, whatever comes and goes above', () => {
    const { heights, items } = filled(9);
    heights.set(5, 70);
    assert.equal(heights.total, 160);
    heights.update(items.slice(3));
    assert.equal(heights.total, 130);
    assert.equal(heights.sum({ first: 2, end: 3 }), 70);
    heights.update(items);
    assert.equal(heights.sum({ first: 5, end: 6 }), 70);
  });

  it('are guessed by what a message holds', () => {
    const guess = (row: Row) => {
      const heights = new Heights();
      heights.update(itemsOf([row]).slice(1));
      return heights.total;
    };
    const short = guess(message('a'));
    assert.ok(guess(message('a', { text: 'word '.repeat(100) })) > 2 * short);
    assert.ok(guess(message('a', { answers: ['Yes'] })) > short);
    assert.ok(guess(ownMessage('a')) > 0);
    assert.ok(guess(happening('h', { type: 'operatorRequested' })) < short);
    assert.ok(guess(message('a', { text: 'word '.repeat(200_000) })) < 2_000, 'it is folded');
  });
});

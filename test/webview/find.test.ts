import assert from 'node:assert/strict';
import { bar, coloured, count, find, haystack, input, untilCount } from './finding';
import { conversation, file, happening, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

async function inSight(view: ViewPage, key: string): Promise<boolean> {
  const row = await view.row(key).boundingBox();
  const list = await view.page.locator('.scroll-box').boundingBox();
  return row !== null && list !== null && row.y >= list.y && row.y < list.y + list.height;
}

describe('find in the conversation', () => {
  const open = withView();

  it('finds in the whole history, goes round, and says where it is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(10_000) }));
    await find(view, 'NEEDLE');
    await untilCount(view, '100 of 100');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m9907: needle']);
    await view.page.keyboard.press('Enter');
    await untilCount(view, '1 of 100');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m7: needle']);
    await view.row('m7').locator('[data-part="body"]').waitFor();
    assert.ok(await inSight(view, 'm7'));
    await view.page.keyboard.press('F3');
    await view.button('Next match (Enter)').click();
    await view.page.keyboard.press('Shift+F3');
    assert.equal(await count(view), '2 of 100');
    await input(view).press('Shift+Enter');
    await input(view).press('Shift+Enter');
    assert.equal(await count(view), '100 of 100');
    assert.ok(await inSight(view, 'm9907'));
    assert.deepEqual(
      (await view.spoken()).filter((words) => words.includes(' of 100')),
      [100, 1, 2, 3, 2, 1, 100].map((at) => `${at} of 100. the needle ${(at - 1) * 100 + 7}`),
    );
  });

  it('looks through a long history in turns: the view goes on between them', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(300) }));
    await view.page.keyboard.press('Control+f');
    const found = await input(view).evaluate((it: HTMLInputElement) => {
      let now = performance.now();
      performance.now = () => (now += 1); // every row takes its time
      it.value = 'needle';
      it.dispatchEvent(new Event('input'));
      return document.querySelector('.find-count')?.textContent;
    });
    assert.equal(found, '');
    await untilCount(view, '3 of 3');
  });

  it('finds words as they are read: over marks, not in marks, in names of files and answers', async () => {
    const view = await open();
    const rows = [
      message('b', {
        text: 'A **very bold** word, [a link](https://needle.example)\n\n```ts\nconst needle = 1;\n```\n\n| very | bold |\n|-|-|\n| x | needle |',
        attachments: [file({ name: 'needle.pdf' })],
        answers: ['A needle', 'No'],
        answersOpen: true,
      }),
      ownMessage('c', { text: 'needle & <b>needle</b> 1 < 2' }),
      happening('h', { type: 'operatorAssigned', name: 'Needle' }),
    ];
    await view.snapshot(conversation({ rows }));
    await find(view, 'needle');
    await untilCount(view, 'of 7');
    assert.deepEqual(await coloured(view, 'twin-find'), [
      'b: needle',
      'b: needle',
      'b: needle',
      'b: needle',
      'c: needle',
      'c: needle',
      'h: Needle',
    ]);
    for (const [words, found] of [
      ['very bold word', ['b: very bold word']],
      ['a link', ['b: a link']],
      ['link) needle', []],
      ['bold x', []],
      ['**', []],
      ['ts', []],
      ['a[', []],
      ['1 < 2', ['c: 1 < 2']],
    ] as const) {
      await input(view).fill(words);
      await untilCount(view, found.length === 0 ? 'No results' : '1 of 1');
      assert.deepEqual(await coloured(view, 'twin-find'), found, words);
      const isMarked = await bar(view).evaluate((it) => it.classList.contains('none'));
      assert.equal(isMarked, found.length === 0, words);
    }
  });

  it('counts what arrives, without going there, and colours what is drawn anew', async () => {
    const view = await open();
    const rows = haystack(200);
    await view.snapshot(conversation({ rows }));
    await view.row('m100').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await find(view, 'needle');
    await untilCount(view, '2 of 2');
    const top = async () => (await view.row('m107').boundingBox())?.y ?? 0;
    const before = await top();
    await view.change({ rows: [...rows, message('new', { text: 'a needle' })] });
    await untilCount(view, '2 of 3');
    assert.ok(Math.abs((await top()) - before) < 1);
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m107: needle']);
    await view.change({
      rows: [...rows.map((row) => (row.key === 'm107' ? message('m107', { text: 'hay' }) : row))],
    });
    await untilCount(view, '1 of 1');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m7: needle']);
    assert.equal((await view.spoken()).filter((words) => words.includes(' of ')).length, 1);
  });

  it('marks the row of what is found in it as it is read, where it is shown as it came', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: 'a **nee**dle' })] }));
    await view.row('b').focus();
    await view.row('b').getByRole('button', { name: 'Show as it came' }).click();
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    const isMarked = () => view.row('b').evaluate((row) => row.classList.contains('revealed'));
    assert.ok(await isMarked());
    await input(view).fill('nee*');
    await untilCount(view, 'No');
    assert.ok(!(await isMarked()));
  });
});

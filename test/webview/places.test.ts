import assert from 'node:assert/strict';
import { placeAtEnd, placeOf, splitAtPlaces } from '../../src/webview/placesInText';
import { conversation, message, ownMessage } from './samples';
import { withView } from './withView';

describe('places in a text', () => {
  /** A place in short. */
  const short = (place: ReturnType<typeof placeOf>) =>
    place && [place.path, place.line, place.column, place.lastLine];

  for (const [text, place] of [
    ['src/a.ts:12', ['src/a.ts', 12, null, null]],
    ['src/a.ts:12:5', ['src/a.ts', 12, 5, null]],
    ['src/a.ts:12-30', ['src/a.ts', 12, null, 30]],
    ['a.ts#L12', ['a.ts', 12, null, null]],
    ['a.ts#L12-L30', ['a.ts', 12, null, 30]],
    ['Заметки о боте.md:3', ['Заметки о боте.md', 3, null, null]],
    ['C:\\work\\a.ts:7', ['C:\\work\\a.ts', 7, null, null]],
    ['src/Makefile', ['src/Makefile', null, null, null]],
    ['https://a.example/b:1', null],
    ['//host/share/a.ts:1', null],
    ['12:30', null],
    ['let a = b', null],
    [`${'a/'.repeat(200)}b.ts:1`, null],
  ] as const)
    it(`${text.slice(0, 30)} is ${place === null ? 'none' : 'one'}`, () => {
      assert.deepEqual(short(placeOf(text)), place);
    });

  it('are found among words, without what follows them', () => {
    const found = splitAtPlaces('At (src/a.ts:12), "b.py:3": and c.ts. At 12:30 d.ts:4.')
      .filter(({ place }) => place !== null)
      .map(({ text }) => text);
    assert.deepEqual(found, ['src/a.ts:12', 'b.py:3', 'd.ts:4']);
  });

  it('lose nothing of the text', () => {
    const text = ' x (a.ts:1), b.ts:2:3.\n';
    assert.equal(
      splitAtPlaces(text)
        .map((stretch) => stretch.text)
        .join(''),
      text,
    );
  });

  it('are found at the end of what stands above code', () => {
    assert.deepEqual(short(placeAtEnd('Change this.\n\nIn `src/a.ts:3-5`:')), [
      'src/a.ts',
      3,
      null,
      5,
    ]);
    assert.deepEqual(short(placeAtEnd('`Заметки о боте.md:3`')), [
      'Заметки о боте.md',
      3,
      null,
      null,
    ]);
    assert.equal(placeAtEnd('In src/a.ts:3 there was\na mistake.'), null);
  });
});

describe('a place in a message', () => {
  const open = withView();

  it('is a link once the host has found its file, in words and in code', async () => {
    const view = await open();
    const text = 'See src/a.ts:12:5, `b c.md:3` and src/no.ts:1; [src/d.ts:1](https://d.example)';
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    const { paths } = await view.waitForIntent('wantPlaces');
    assert.deepEqual(paths, ['src/a.ts', 'b c.md', 'src/no.ts']);
    await view.post({ type: 'places', asked: paths, found: ['src/a.ts', 'b c.md'] });
    const links = view.row('b').locator('a[data-path]');
    assert.deepEqual(await links.allTextContents(), ['src/a.ts:12:5', 'b c.md:3']);
    assert.equal(await links.first().getAttribute('title'), 'Opens src/a.ts in the editor');
    await links.first().press('Enter');
    const { type, ...place } = await view.waitForIntent('openPlace');
    assert.deepEqual(place, { path: 'src/a.ts', line: 12, column: 5 }, type);
    await links.last().click();
    assert.deepEqual((await view.waitForIntent('openPlace', 2)).line, 3);
    assert.deepEqual(await view.intentsOf('openLink'), []);
  });

  it('is asked for when it is near, not before, and not again once it is found', async () => {
    const view = await open({ height: 400 });
    const filling = Array.from({ length: 60 }, (_, index) => ownMessage(`m${index}`));
    const rows = [message('b', { text: 'a.ts:1' }), ...filling];
    await view.snapshot(conversation({ rows }));
    assert.deepEqual(await view.intentsOf('wantPlaces'), []);
    await view.row('b').scrollIntoViewIfNeeded();
    await view.waitForIntent('wantPlaces');
    await view.post({ type: 'places', asked: ['a.ts'], found: ['a.ts'] });
    await view.change({ rows: [message('c', { text: 'a.ts:2' }), ...rows] });
    await view.row('c').locator('a').waitFor();
    assert.equal((await view.intentsOf('wantPlaces')).length, 1);
  });
});

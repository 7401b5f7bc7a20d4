import assert from 'node:assert/strict';
import { textPieces } from '../../src/webview/textPieces';
import { conversation, message } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `Paragraph *${index}* of many.`).join('\n\n');
const fenced = (lines: number) =>
  `\`\`\`ts\n${Array.from({ length: lines }, (_, index) => `let a${index} = ${index};`).join('\n')}\n\`\`\``;

describe('the pieces of a long text', () => {
  it('are one for a short text', () => {
    assert.deepEqual(
      textPieces('a\n\nb').map(({ kind }) => kind),
      ['markdown'],
    );
  });

  it('are short, and together the text', () => {
    const text = paragraphs(1_000);
    const pieces = textPieces(text);
    assert.ok(pieces.every((piece) => piece.text.length < 4_000));
    assert.equal(pieces.map((piece) => piece.text).join('\n'), text);
  });

  it('keep long code apart, and whole, whatever stands in it', () => {
    const code = `${'let a = 1;\n\n'.repeat(500)}\`\`\`\`not the end`;
    const text = `Before\n\n~~~ts\n${code}\n~~~\n${paragraphs(2)}`;
    const [before, middle, after] = textPieces(text);
    assert.equal(before?.text, 'Before\n');
    assert.deepEqual([middle?.kind, middle?.text], ['code', code]);
    assert.equal(after?.text, paragraphs(2));
  });

  it('keep long code as the parser would have it, in a list too', () => {
    const code = ['def f():', '    pass', ''].concat(Array(200).fill('    x = 1')).join('\n');
    const moved = code.replace(/^(?=.)/gm, '   ');
    const text = `1. Make a file:\n   ~~~python\n${moved}\n   ~~~\n${paragraphs(100)}`;
    assert.deepEqual(
      textPieces(text).flatMap((piece) => (piece.kind === 'code' ? piece.text : [])),
      [code],
    );
  });

  it('keep code whole that is never closed', () => {
    const pieces = textPieces(`\`\`\`\n${'x\n\n'.repeat(2_000)}`);
    assert.deepEqual(
      pieces.map(({ kind }) => kind),
      ['code'],
    );
  });

  it('do not part an item of a list from its next paragraph', () => {
    const item = `- ${'word '.repeat(60)}\n\n  more\n\n`;
    for (const { text } of textPieces(item.repeat(60))) assert.match(text, /^- /);
  });

  it('begin with the head of a table that has begun before them', () => {
    const head = ['| Number | Name |', '| -----: | :--- |'];
    const row = (at: number) => `| ${at} | ${'word '.repeat(20)}|`;
    const rows = Array.from({ length: 100 }, (_, at) => row(at));
    const pieces = textPieces(['Before', '', ...head, ...rows, '', paragraphs(90)].join('\n'));
    const tables = pieces.filter(({ text }) => text.includes('| word'));
    assert.ok(tables.length > 3);
    const drawn = tables.flatMap(({ text }) => {
      const lines = text.replace('Before\n\n', '').split('\n');
      assert.deepEqual(lines.slice(0, 2), head);
      return lines.slice(2).filter((line) => line.startsWith('|'));
    });
    assert.deepEqual(drawn, rows);
    for (const { text } of pieces.slice(tables.length)) assert.doesNotMatch(text, /\|/);
  });
});

describe('a long message', () => {
  const open = withView();
  const body = (view: ViewPage) => view.row('b').locator('[data-part="body"]');

  it('begins folded, is shown whole and folded again, and stays as it was left', async () => {
    const view = await open();
    const long = message('b', { text: `${paragraphs(100)}\n\nTHE END` });
    await view.snapshot(conversation({ rows: [long] }));
    const end = body(view).getByText('THE END');
    assert.equal(await end.count(), 0);
    assert.equal(await body(view).getByText('Paragraph 0').count(), 1);
    await view.button('Show more').press('Enter');
    await end.waitFor();
    assert.equal(await view.button('Show more').count(), 0);
    assert.equal(
      await view.button('Show less').evaluate((it) => it === document.activeElement),
      true,
    );
    await view.change({ rows: [] });
    await view.change({ rows: [long] });
    await end.waitFor();
    await view.button('Show less').press('Enter');
    assert.equal(await end.count(), 0);
    assert.equal(
      await view.button('Show more').evaluate((it) => it === document.activeElement),
      true,
    );
  });

  it('is unfolded where one reads, and drawn as it is read where one looks', async () => {
    const view = await open();
    const rows = [message('a'), message('b', { text: paragraphs(400) })];
    await view.snapshot(conversation({ rows }));
    const more = view.button('Show more');
    const paragraph = body(view).locator('p', { hasText: 'Paragraph 29' });
    const top = () => paragraph.evaluate((it) => it.getBoundingClientRect().top);
    assert.ok(await more.isVisible(), 'at the end');
    const before = await top();
    await more.click();
    await view.settled();
    assert.ok(Math.abs((await top()) - before) <= 1, 'nothing has moved');
    const last = body(view).locator('.piece').last();
    assert.equal(await last.locator('p').count(), 0);
    const number = /Paragraph \*(\d+)\* of many\.\s*$/.exec((await last.textContent()) ?? '')?.[1];
    await last.scrollIntoViewIfNeeded();
    await last.locator('em', { hasText: number ?? 'none' }).waitFor();
    assert.doesNotMatch((await last.textContent()) ?? '', /\*/);
  });

  it('has links whose addresses stand at its end, in words that can be found', async () => {
    const view = await open();
    const sources = '[1]: https://one.example\n[Two]: https://two.example "Second"';
    const text = `See [the docs][1] or [two].\n\n${paragraphs(100)}\n\n${sources}`;
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    const links = body(view).getByRole('link');
    assert.deepEqual(await links.allInnerTexts(), ['the docs', 'two']);
    await links.first().click();
    assert.equal((await view.waitForIntent('openLink')).href, 'https://one.example/');
    await view.page.keyboard.press('Control+f');
    await view.page.getByRole('textbox', { name: 'Find in the' }).fill('the docs or two');
    await view.page.locator('.find-count', { hasText: '1 of 1' }).waitFor();
    await view.button('Show more').click();
    const last = body(view).locator('.piece').last();
    await last.scrollIntoViewIfNeeded();
    await last.and(view.page.locator(':not(.undrawn)')).waitFor();
    const list = await last.locator('p', { hasText: '[' }).allInnerTexts();
    assert.deepEqual(list, sources.split('\n'), 'the list of addresses stays as it came');
  });

  it('takes no line of code and of a paragraph for the address of a link', async () => {
    const view = await open();
    const lines = '~~~\n\n[1]: https://code.example\n~~~\n\nword\n[1]: https://word.example';
    const text = `See [the docs][1].\n\n${paragraphs(100)}\n\n${lines}`;
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    await body(view).getByText('See [the docs][1].').waitFor();
    assert.equal(await body(view).getByRole('link').count(), 0);
  });

  it('is whole when not much is left', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: paragraphs(20) })] }));
    assert.equal(await view.button('Show more').count(), 0);
    assert.equal(await body(view).getByText('Paragraph 19').count(), 1);
  });

  it('shows the start of long code, in colour, and more on demand; copies it whole', async () => {
    const view = await open();
    const text = `Here:\n\n${fenced(10_000)}`;
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    const lines = async () =>
      ((await body(view).locator('pre').textContent()) ?? '').trim().split('\n');
    assert.equal((await lines()).length, 20);
    await body(view).locator('[data-token]').first().waitFor();
    await view.button('Show 9,980 more lines').click();
    assert.equal((await lines()).length, 1_020);
    await view.button('Show less').click();
    assert.equal((await lines()).length, 20);
    await view.button('Copy').click();
    assert.equal((await view.waitForIntent('copyText')).text.split('\n').length, 10_000);
  });

  it('is shown as it came, on demand, for as long as the view lives', async () => {
    const view = await open();
    const rows = [message('c'), message('b', { text: '# **a**\n\n<b>&amp;' })];
    await view.snapshot(conversation({ rows }));
    await view.row('b').hover();
    const toggle = view.row('b').getByRole('button', { name: 'Show as it came' });
    await toggle.press('Enter');
    assert.equal(await body(view).textContent(), '# **a**\n\n<b>&amp;');
    await view.change({ rows: [message('c')] });
    await view.change({ rows });
    assert.equal(await body(view).textContent(), '# **a**\n\n<b>&amp;');
    await view.row('b').hover();
    assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
    await toggle.press('Enter');
    assert.equal(await body(view).locator('strong').textContent(), 'a');
  });

  for (const [what, text] of [
    ['a megabyte of paragraphs', paragraphs(40_000)],
    ['a line of 200 kB', 'word '.repeat(40_000)],
    ['code of 10,000 lines', fenced(10_000)],
    ['5,000 items', '- *item* `a` [b](https://b.example)\n'.repeat(5_000)],
    ['10,000 quotes in quotes', '>'.repeat(10_000)],
  ] as const)
    it(`draws the start of ${what} alone`, async () => {
      const view = await open();
      await view.snapshot(conversation({ rows: [message('b', { text })] }));
      const { nodes, length } = await body(view).evaluate((it) => ({
        nodes: it.querySelectorAll('*').length,
        length: it.textContent.length,
      }));
      assert.ok(nodes < 800, `${nodes} nodes`);
      assert.ok(length < 8_000, `${length} characters`);
    });
});

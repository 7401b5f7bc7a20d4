import assert from 'node:assert/strict';
import { conversation, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;

describe('code in a message', () => {
  const open = withView();

  /** The kind and the text of each coloured piece. */
  const tokens = (view: ViewPage, key: string) =>
    view
      .row(key)
      .locator('[data-token]')
      .evaluateAll((all) =>
        all.map((it) => [(it as HTMLElement).dataset['token'], it.textContent] as const),
      );

  /** How often the highlighter has been asked for. */
  function countLoads(view: ViewPage): () => number {
    let loads = 0;
    view.page.on('request', (request) => {
      if (request.url().endsWith('/highlighter.js')) loads += 1;
    });
    return () => loads;
  }

  it('has the colours of its language, and its text unchanged', async () => {
    const view = await open();
    const code = 'const a = "b"; // <i>c</i>';
    await view.snapshot(conversation({ rows: [message('b', { text: fence('TS', code) })] }));
    await view.row('b').locator('[data-token]').first().waitFor();
    assert.deepEqual(await tokens(view, 'b'), [
      ['keyword', 'const'],
      ['string', '"b"'],
      ['comment', '// <i>c</i>'],
    ]);
    assert.equal(await view.row('b').locator('pre').textContent(), code);
  });

  it('loads its colours once, and only when code of a language comes near the window', async () => {
    const view = await open({ height: 400 });
    const loads = countLoads(view);
    const code = message('code', { text: fence('js', 'null') });
    const plain = message('plain', { text: fence('', 'null') });
    const filling = Array.from({ length: 60 }, (_, index) => ownMessage(`m${index}`));
    await view.snapshot(conversation({ rows: [code, ...filling, plain] }));
    assert.equal(loads(), 0);
    await view.row('code').scrollIntoViewIfNeeded();
    await view.row('code').locator('[data-token]').waitFor();
    await view.change({ rows: [code, ...filling, plain, message('2', { text: code.text })] });
    await view.row('2').scrollIntoViewIfNeeded();
    await view.row('2').locator('[data-token]').waitFor();
    assert.equal(loads(), 1);
  });

  it('of a language that nobody knows stays plain', async () => {
    const view = await open();
    const rows = [fence('constructor', 'a'), fence('x', 'b'), fence('js', 'null')].map(
      (text, index) => message(`${index}`, { text }),
    );
    await view.snapshot(conversation({ rows }));
    await view.row('2').locator('[data-token]').waitFor(); // the last in the queue
    assert.deepEqual([await tokens(view, '0'), await tokens(view, '1')], [[], []]);
    assert.equal(await view.row('0').locator('pre').textContent(), 'a');
  });

  it('names the file it belongs to, when it is to be applied', async () => {
    const view = await open();
    const places: unknown[] = [];
    const code = 'a\nb';
    for (const text of [
      `In \`src/a.ts:3-5\`:\n\n${fence('ts', code)}`,
      `Before\n\n${fence('ts:src/b.ts', code)}`,
      `src/c.ts:1\n\n${fence('ts title="src/d.ts"', code)}`,
      `src/e.ts:7\n\n${fence('ts', 'one line')}`,
      `src/f.ts:7\n\n${fence('ts', code)}`,
      `No file.\n\n${fence('ts', code)}`,
      `src/g.ts:1-2\n\n${fence('ts', 'line\n'.repeat(500))}`,
    ]) {
      await view.snapshot(conversation({ rows: [message(text.slice(0, 20), { text })] }));
      await view.button('Apply').click();
      places.push((await view.waitForIntent('applyCode', places.length + 1)).place);
    }
    assert.deepEqual(places, [
      { path: 'src/a.ts', lines: { first: 3, last: 5 } },
      { path: 'src/b.ts', lines: null },
      { path: 'src/d.ts', lines: null },
      { path: 'src/e.ts', lines: { first: 7, last: 7 } },
      { path: 'src/f.ts', lines: null },
      null,
      { path: 'src/g.ts', lines: { first: 1, last: 2 } },
    ]);
  });

  it('says that it is not applied in a workspace that is not trusted', async () => {
    const view = await open();
    const rows = [message('b', { text: fence('ts', 'a') })];
    await view.snapshot(conversation({ rows }), { trusted: false });
    const apply = view.button('Apply');
    assert.equal(await apply.getAttribute('aria-disabled'), 'true');
    assert.match((await apply.getAttribute('title')) ?? '', /that you trust/);
    await view.snapshot(conversation({ rows }), { trusted: true });
    assert.equal(await apply.getAttribute('aria-disabled'), null);
  });

  it('of many lines gets its colours slice by slice; of a long line none', async () => {
    const view = await open();
    const lines = Array.from({ length: 1_000 }, (_, index) => `let a${index} = "b";`).join('\n');
    const long = `let a = "${'b'.repeat(600)}";`;
    const rows = [
      message('l', { text: fence('ts', long) }),
      message('b', { text: fence('ts', lines) }),
    ];
    await view.snapshot(conversation({ rows }));
    await view.button('Show 980 more lines').click();
    const pre = view.row('b').locator('pre');
    await pre.evaluate((it) => {
      it.scrollIntoView({ block: 'end' });
    });
    await pre.locator('code > span').last().locator('[data-token]').first().waitFor();
    assert.equal(await pre.textContent(), lines);
    await view.row('l').scrollIntoViewIfNeeded();
    await pre.locator('code > span').first().locator('[data-token]').first().waitFor();
    assert.deepEqual(await tokens(view, 'l'), []);
  });

  it('is copied, inserted and made a new file of, as it came', async () => {
    const view = await open();
    const text = `Before\n\n${fence('python', '  def f():\n\t  pass')}\n\nafter`;
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    await view.button('Copy').click();
    await view.button('Insert at Cursor').click();
    await view.button('New File').click();
    const code = '  def f():\n\t  pass';
    assert.equal((await view.waitForIntent('copyText')).text, code);
    assert.equal((await view.waitForIntent('insertCode')).text, code);
    const { type, ...file } = await view.waitForIntent('openAsNewFile');
    assert.deepEqual(file, { text: code, language: 'python' }, type);
  });
});

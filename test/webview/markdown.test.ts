import assert from 'node:assert/strict';
import { conversation, message } from './samples';
import { THEMES, type ThemeName } from './themes';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

describe('the text of a message', () => {
  const open = withView();

  /** The elements of a text: a shorthand of what is drawn. */
  async function drawn(view: ViewPage, text: string): Promise<string> {
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    return view
      .row('b')
      .locator('[data-part="body"]')
      .evaluate((body) => {
        const short = (node: Node): string => {
          if (!(node instanceof Element)) return node.textContent ?? '';
          // Of code only the code: its head and its colours have tests of their own.
          if (node.matches('[data-part="code"]'))
            return `<pre><code>${node.querySelector('pre > code')?.textContent ?? ''}</code></pre>`;
          const name = node.tagName.toLowerCase();
          return `<${name}>${[...node.childNodes].map(short).join('')}</${name}>`;
        };
        return [...body.childNodes].map(short).join('').replaceAll('<br></br>', '<br>');
      });
  }

  const CASES: readonly (readonly [what: string, text: string, elements: string])[] = [
    ['line breaks as they came', 'one\ntwo', '<p>one<br>two</p>'],
    ['paragraphs', 'one\n\ntwo', '<p>one</p><p>two</p>'],
    [
      'emphasis',
      '*a* **b** ~~c~~ `d`',
      '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>',
    ],
    ['one tilde as it is', '~5 and ~6', '<p>~5 and ~6</p>'],
    ['fenced code', '```ts\nlet a;\n```', '<pre><code>let a;</code></pre>'],
    ['lists', '- a\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    [
      'tasks',
      '- [x] a\n- [ ] b',
      '<ul><li><span>☑</span> <p>a</p></li><li><span>☐</span> <p>b</p></li></ul>',
    ],
    ['numbered lists', '3. a', '<ol><li><p>a</p></li></ol>'],
    ['a picture without a text', '![](https://a.example/)', '<p><a>https://a.example/</a></p>'],
    ['a link without a text', '[](https://a.example/)', '<p><a>https://a.example/</a></p>'],
    [
      'a picture in a link as the text of that',
      '[![build](https://a.example/b.svg)](https://b.example/)',
      '<p><a>build</a></p>',
    ],
    ['what looks like an address for later', '[ERROR]: timeout', '<p>[ERROR]: timeout</p>'],
    ['quotes', '> a', '<blockquote><p>a</p></blockquote>'],
    ['headings without taking part in the outline', '# a', '<p>a</p>'],
    [
      'tables',
      '|a|\n|-|\n|b|',
      '<div><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></div>',
    ],
    ['addresses it finds', 'see https://a.example/b.', '<p>see <a>https://a.example/b</a>.</p>'],
    ['e-mail addresses it finds', 'ask a@b.example!', '<p>ask <a>a@b.example</a>!</p>'],
    ['pictures as links', '![cat](https://a.example/c.png)', '<p><a>cat</a></p>'],
    ['references', '[a][b]\n\n[b]: https://a.example', '<p><a>a</a></p>'],
    ['markup as text', '<b>x</b>', '<p><b>x</b></p>'],
    ['named characters', '&amp; &mdash; &nosuch;', '<p>& — &nosuch;</p>'],
    ['links that are none, with their address', '[a](command:x)', '<p>a (command:x)</p>'],
  ];
  for (const [what, text, elements] of CASES)
    it(`draws ${what}`, async () => {
      const view = await open();
      assert.equal(await drawn(view, text), elements);
    });

  it('draws markup as characters', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: '<b>x</b>' })] }));
    assert.equal(await view.row('b').locator('[data-part="body"] b').count(), 0);
    assert.equal(await view.row('b').locator('[data-part="body"]').textContent(), '<b>x</b>');
  });

  const TANGLED: readonly (readonly [what: string, text: string])[] = [
    ['quotes in quotes', '>'.repeat(10_000)],
    ['lists in lists', '- '.repeat(5_000)],
    ['open brackets', '['.repeat(29_000)],
    ['links without end', '[a](b'.repeat(5_000)],
    ['marks of emphasis', '*a_'.repeat(9_000)],
    ['a long line', 'a'.repeat(200_000)],
  ];
  for (const [what, text] of TANGLED)
    it(`stays plain for ${what}`, async () => {
      const view = await open();
      assert.match(await drawn(view, text), /^<div><span>/);
    });

  for (const theme of Object.keys(THEMES) as readonly ThemeName[])
    it(`marks code among words in ${theme}, by its ground or its border`, async () => {
      const view = await open({ theme });
      await view.snapshot(conversation({ rows: [message('b', { text: 'Run `npm start`' })] }));
      const colors = await view
        .row('b')
        .locator('code')
        .evaluate((code) => {
          const { backgroundColor, borderTopColor } = getComputedStyle(code);
          return [backgroundColor, borderTopColor];
        });
      assert.ok(
        colors.some((color) => color !== 'rgba(0, 0, 0, 0)'),
        colors.join(),
      );
    });

  it('is bounded in depth', async () => {
    const view = await open();
    const text = Array.from({ length: 35 }, (_, depth) => `${'> '.repeat(depth)}a`).join('\n');
    const elements = await drawn(view, text);
    assert.ok((elements.match(/<blockquote>/g)?.length ?? 0) <= 21);
  });

  it('goes from right to left where its letters do', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: 'مرحبا بك' })] }));
    const paragraph = view.row('b').locator('[data-part="body"] p');
    assert.equal(await paragraph.evaluate((it) => getComputedStyle(it).direction), 'rtl');
  });
});

import assert from 'node:assert/strict';
import type { Nodes } from 'mdast';
import { parseMarkdown } from '../../../src/markdown/parseMarkdown';
import { parsePlain } from '../../../src/markdown/plainText';
import { forSeeds } from '../../support/seeds';

/** What texts are made of here: words, and all that may be a mark somewhere. */
const PIECES = [
  ...['word', 'Слово', 'a', 'www.example.org', 'http://a.example', 'me@example.com', '1', '12'],
  ...[
    ' ',
    ' ',
    ' ',
    '  ',
    '\n',
    '\n',
    '\n\n',
    '\t',
    ', ',
    '. ',
    ': ',
    ':',
    ';',
    '?',
    '!',
    '-',
    '+',
  ],
  ...[
    '*',
    '_',
    '`',
    '~',
    '#',
    '>',
    '<b>',
    '&amp;',
    '\\',
    '[',
    ']',
    '(',
    ')',
    '|',
    '=',
    '/',
    '%',
    '"',
  ],
];

/** The tree without its positions. */
function bare(node: Nodes): unknown {
  const rest = { ...node };
  delete rest.position;
  return 'children' in node ? { ...rest, children: node.children.map(bare) } : rest;
}

describe('parsePlain', () => {
  it('gives what the parser gives, or nothing', () => {
    let plain = 0;
    forSeeds(10_000, (random) => {
      const count = 1 + random.below(8);
      const text = Array.from({ length: count }, () => random.pick(PIECES) ?? '').join('');
      const quick = parsePlain(text);
      if (quick === null) return;
      plain += 1;
      const whole = parseMarkdown(text);
      assert.ok(whole);
      assert.deepEqual(bare(quick), bare(whole), JSON.stringify(text));
    });
    assert.ok(plain > 50, `only ${plain} were plain`);
  });

  it('knows what most messages are like', () => {
    for (const text of [
      'Hello!',
      'Чем могу помочь?',
      'Two lines, quite\nordinary: yes (really).',
      'Стоит 5 000 ₽'.slice(0, 11),
    ])
      assert.notEqual(parsePlain(text), null, text);
    for (const text of [
      '',
      '# a',
      '- a',
      'a *b*',
      'see www.a.org',
      'a@b.org',
      'https://a.org',
      'a\n\nb',
    ])
      assert.equal(parsePlain(text), null, text);
    assert.equal(parsePlain('word '.repeat(1_000).trim()), null, 'long ones are folded or parsed');
  });
});

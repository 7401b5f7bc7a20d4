// Parts of a transcript: its files, what is hidden in it, a message on its own.
import assert from 'node:assert/strict';
import {
  redacted,
  TranscriptWriter,
  writeMessage,
  type TranscriptFormat,
} from '../../../src/extension/session/transcript/renderTranscript';
import type { TranscriptFiles } from '../../../src/extension/session/transcript/transcriptFiles';
import { ENGLISH, noPause } from '../../support/transcripts';
import { conversation, file, happening, message, NOON } from '../../webview/samples';

describe('a transcript with its files', () => {
  const files: TranscriptFiles = new Map([
    ['p', { href: 'Talk%20files/a%23%20b.png', isPicture: true }],
    ['d', { href: 'Talk%20files/%3Cc%3E.pdf', isPicture: false }],
  ]);
  const rows = [
    message('b', {
      text: '',
      attachments: [
        file({ key: 'p', name: 'a# b.png', size: null }),
        file({ key: 'd', name: '<c>.pdf', size: null }),
        file({ key: 'gone', name: 'gone.txt', size: null }),
      ],
    }),
  ];
  const written = (format: TranscriptFormat) =>
    new TranscriptWriter(format, ENGLISH, noPause, files).write(conversation({ rows }));

  it('names their places in text, leads to them from Markdown, has their paths in JSON', async () => {
    const text = await written('text');
    assert.ok(text.includes('File: a# b.png, saved as Talk files/a# b.png\n'), text);
    assert.ok(text.endsWith('File: gone.txt\n'), text);
    const markdown = await written('markdown');
    assert.ok(markdown.includes('> - ![File: a\\# b.png](<Talk%20files/a%23%20b.png>)'), markdown);
    assert.ok(markdown.includes('> - [File: \\<c\\>.pdf](<Talk%20files/%3Cc%3E.pdf>)'), markdown);
    const { entries } = JSON.parse(await written('json')) as {
      entries: { attachments: { path: string | null }[] }[];
    };
    assert.deepEqual(
      entries[0]?.attachments.map(({ path }) => path),
      ['Talk files/a# b.png', 'Talk files/<c>.pdf', null],
    );
  });
});

describe('a redacted conversation', () => {
  it('has no text of a person, bot or server as it was, and all else as it was', () => {
    const rows = [
      message('b', {
        text: 'secret',
        authorName: 'secret',
        answers: ['secret'],
        actions: [{ secret: ['secret', 1, null, { a: 'secret' }] }],
        quote: { messageKey: 'x', text: 'secret' },
        attachments: [file({ name: 'secret.txt' })],
      }),
      happening('h', { type: 'operatorReplaced', name: 'secret', previousName: 'secret' }),
      happening('e', { type: 'ended', by: 'server' }),
    ];
    const peer = { kind: 'bot', name: 'secret', avatar: null, since: NOON } as const;
    const before = conversation({ rows, peer });
    const after = redacted(before, (text) => text.replaceAll('secret', '…'));
    assert.ok(!JSON.stringify(after).includes('secret'));
    assert.equal(JSON.stringify(after), JSON.stringify(before).replaceAll('secret', '…'));
  });
});

describe('a message on its own', () => {
  const row = message('b', { text: 'Hello, **you** & `me`' });

  it('is its words as they are read, as they came, or all that is known', () => {
    assert.equal(writeMessage(row, 'text', ENGLISH), 'Hello, you & me');
    assert.equal(writeMessage(row, 'markdown', ENGLISH), 'Hello, **you** & `me`');
    const data = JSON.parse(writeMessage(row, 'json', ENGLISH)) as { id: string; text: string };
    assert.deepEqual([data.id, data.text], ['b', row.text]);
  });

  it('as text loses nothing that the marks say', () => {
    const text = `# Title

Line one
line *two*, [the docs](https://docs.example/a), <https://plain.example>, me@example.com

3. third
4. fourth
   - inner

> quoted
> **twice**

| a | b |
|---|---|
| 1 | 2 |

![picture](https://x.example/p.png) &amp; <b>raw</b>`;
    assert.equal(
      writeMessage(message('b', { text }), 'text', ENGLISH),
      `Title

Line one
line two, the docs (https://docs.example/a), https://plain.example, me@example.com

3. third
4. fourth
   - inner

> quoted
> twice

a | b
1 | 2

picture (https://x.example/p.png) & <b>raw</b>`,
    );
  });

  it('without words is the names of its files', () => {
    const files = message('b', {
      text: '',
      attachments: [file(), file({ name: 'b.txt', size: null })],
    });
    assert.equal(writeMessage(files, 'text', ENGLISH), 'report.pdf (2.3 MB)\nb.txt');
  });
});

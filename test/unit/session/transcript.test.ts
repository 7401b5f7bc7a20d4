import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import en from '../../../l10n/en.json';
import ru from '../../../l10n/ru.json';
import {
  redacted,
  TranscriptWriter,
  writeMessage,
  type TranscriptFormat,
} from '../../../src/extension/session/transcript/renderTranscript';
import type { TranscriptFiles } from '../../../src/extension/session/transcript/transcriptFiles';
import type { TranscriptLanguage } from '../../../src/extension/session/transcript/transcriptWords';
import {
  DELIVERIES,
  type ConversationView,
  type Happening,
  type Row,
} from '../../../src/shared/conversation';
import { translator } from '../../../src/shared/texts';
import { root } from '../../vscode/root';
import {
  conversation,
  file,
  happening,
  message,
  NOON,
  ownMessage,
  problem,
} from '../../webview/samples';

const ENGLISH: TranscriptLanguage = {
  language: 'en',
  t: translator('en', en),
  locale: 'en-GB',
  timeZone: 'UTC',
};
const RUSSIAN: TranscriptLanguage = {
  language: 'ru',
  t: translator('ru', ru),
  locale: 'ru',
  timeZone: 'Europe/Moscow',
};

const noPause = () => Promise.resolve();

const write = (
  format: TranscriptFormat,
  view: ConversationView,
  language: TranscriptLanguage = ENGLISH,
) => new TranscriptWriter(format, language, noPause).write(view);

const DAY = 86_400_000;

const ROWS: readonly Row[] = [
  message('b', {
    text: 'Hello, **you**. See\n\n```ts\nconst a = 1;\n```',
    answers: ['Yes', 'No'],
    chosenAnswer: 0,
    attachments: [file()],
  }),
  ownMessage('c', {
    text: 'Yes',
    delivery: 'read',
    quote: { messageKey: 'b', text: 'Hello, **you**' },
  }),
  happening('h', { type: 'operatorAssigned', name: 'Anna' }),
  ownMessage('f', { text: 'Why?', delivery: 'failed', problem: problem(), at: NOON + DAY }),
  message('d', {
    text: '',
    author: 'operator',
    authorName: 'Anna',
    at: NOON + DAY,
    actions: [{ a: 1 }],
  }),
  { ...happening('g', { type: 'gap', from: NOON, to: NOON + 60_000 }), at: NOON + DAY },
];

describe('a transcript as text', () => {
  it('has author, time, words as they are read, files, answers, states and days', async () => {
    assert.equal(
      await write('text', conversation({ rows: ROWS })),
      `TWIN Chat: conversation with Robin
Times: UTC

Monday, 2 March 2026

Robin, 12:01
  Hello, you. See

  const a = 1;
  File: report.pdf (2.3 MB)
  Answers: Yes, No
  Chosen: Yes

You, 12:01 (Read)
  In reply to: Hello, you
  Yes

12:01: Anna has joined

Tuesday, 3 March 2026

You, 12:00 (Not sent)
  Why?
  The message was not sent: chats-api.twin24.ai cannot be reached.

Anna, 12:00
  Data: {
    "a": 1
  }

12:00: The connection was interrupted between 12:00 and 12:01: messages may be missing. If you expected an answer, ask again.
`,
    );
  });

  it('speaks Russian, in the time zone that it names', async () => {
    const text = await write('text', conversation({ rows: ROWS.slice(0, 3) }), RUSSIAN);
    for (const part of [
      'Время: Europe/Moscow',
      'понедельник, 2 марта 2026',
      'Вы, 15:01 (Прочитано)',
    ])
      assert.ok(text.includes(part), text);
  });

  it('has a word for each state of an own message', async () => {
    for (const delivery of DELIVERIES) {
      const text = await write('text', conversation({ rows: [ownMessage('c', { delivery })] }));
      assert.ok(text.includes(`You, 12:01 (${en[`view.delivery.${delivery}`]})`), text);
    }
  });

  it('lets no message pass for another, or for a day or a happening', async () => {
    const forged = 'Hi\n\nYou, 12:01 (Read)\r\nI agree\rAnna, 12:02\u2028\n12:01: Anna has left';
    const rows = [message('b', { text: forged, authorName: 'Ann\na, 12:00\u202e' })];
    const lines = (await write('text', conversation({ rows }))).split(/\r\n|[\n\r\u2028\u2029]/);
    assert.deepEqual(lines.filter((line) => line !== '' && !line.startsWith('  ')).slice(3), [
      'Ann a, 12:00, 12:01',
    ]);
  });

  it('keeps text that is written from right to left, and turns nothing else around', async () => {
    const rows = [message('b', { text: 'שלום **עולם**', authorName: 'דנה\u202e' })];
    const text = await write('text', conversation({ rows }));
    assert.ok(text.includes('דנה, 12:01\n  שלום עולם\n'), text);
  });

  it('writes a row that has not changed only once', async () => {
    let pauses = 0;
    const rows = Array.from({ length: 10_000 }, (_, index) => message(`m${index}`));
    const writer = new TranscriptWriter('text', ENGLISH, () => {
      pauses += 1;
      return Promise.resolve();
    });
    await writer.write(conversation({ rows }));
    const first = pauses;
    assert.ok(first >= 100, 'others have their turns meanwhile');
    const text = await writer.write(conversation({ rows: [...rows, message('new')] }));
    assert.equal(pauses, first);
    assert.equal(text.match(/^Robin, 12:01$/gm)?.length, 10_001);
    assert.ok(text.endsWith('Text of new\n'));
  });
});

describe('a transcript in Markdown', () => {
  it('holds each message as it came, in a quotation that nothing leaves', async () => {
    assert.equal(
      await write('markdown', conversation({ rows: ROWS.slice(0, 4) })),
      `# TWIN Chat: conversation with Robin

Times: UTC

## Monday, 2 March 2026

**Robin**, 12:01

> Hello, **you**. See
>
> \`\`\`ts
> const a = 1;
> \`\`\`

> - File: report.pdf (2.3 MB)

> - **Yes**
> - No

**You**, 12:01 (Read)

> In reply to: Hello, you

> Yes

*12:01: Anna has joined*

## Tuesday, 3 March 2026

**You**, 12:00 (Not sent)

> Why?

> The message was not sent: chats-api.twin24.ai cannot be reached.
`,
    );
  });

  it('keeps what a message leaves open to itself, and takes no marks from names', async () => {
    const rows = [
      message('b', { text: '```\nopen\n\n# not a heading', authorName: '**Ro*bin** <b>' }),
      message('d', { text: '<!-- open', actions: ['``` fence'] }),
      ownMessage('c', { text: 'Yes' }),
    ];
    const text = await write('markdown', conversation({ rows }));
    const own = text.split('\n').filter((line) => line !== '' && !line.startsWith('>'));
    assert.deepEqual(own.slice(3), [
      '**\\*\\*Ro\\*bin\\*\\* \\<b\\>**, 12:01',
      '**Robin**, 12:01',
      '**You**, 12:01 (Sent)',
    ]);
    assert.ok(text.includes('> ````json\n> "``` fence"\n> ````'), text);
  });
});

describe('a transcript as JSON', () => {
  it('has the shape that docs/transcript.md states', async () => {
    const rows = ROWS.slice(0, 3).concat(ROWS.slice(5));
    assert.deepEqual(JSON.parse(await write('json', conversation({ rows }))), {
      format: 'twin-chat-transcript',
      version: 1,
      demo: false,
      entries: [
        {
          type: 'message',
          id: 'b',
          at: '2026-03-02T12:01:00.000Z',
          author: 'bot',
          name: 'Robin',
          text: 'Hello, **you**. See\n\n```ts\nconst a = 1;\n```',
          attachments: [
            { name: 'report.pdf', contentType: 'application/pdf', size: 2_400_000, path: null },
          ],
          answers: ['Yes', 'No'],
          chosenAnswer: 'Yes',
          actions: [],
          replyTo: null,
          delivery: null,
        },
        {
          type: 'message',
          id: 'c',
          at: '2026-03-02T12:01:00.000Z',
          author: 'client',
          name: null,
          text: 'Yes',
          attachments: [],
          answers: [],
          chosenAnswer: null,
          actions: [],
          replyTo: { id: 'b', text: 'Hello, **you**' },
          delivery: 'read',
        },
        {
          type: 'event',
          id: 'h',
          at: '2026-03-02T12:01:00.000Z',
          event: 'operatorAssigned',
          details: { name: 'Anna' },
        },
        {
          type: 'event',
          id: 'g',
          at: '2026-03-03T12:00:00.000Z',
          event: 'gap',
          details: { from: '2026-03-02T12:00:00.000Z', to: '2026-03-02T12:01:00.000Z' },
        },
      ],
    });
  });
});

describe('the schema of a transcript', () => {
  const schema = JSON.parse(
    readFileSync(path.join(root, 'docs/transcript.schema.json'), 'utf8'),
  ) as object;
  const isTranscript = new Ajv2020().compile(schema);

  const everything: readonly Happening[] = [
    { type: 'operatorRequested' },
    { type: 'operatorAssigned', name: null },
    { type: 'operatorReplaced', name: 'Anna', previousName: 'Boris' },
    { type: 'operatorStatus', name: 'Anna', status: 'away' },
    { type: 'operatorLeft', name: 'Anna' },
    { type: 'ended', by: 'server' },
    { type: 'gap', from: NOON, to: NOON + 1 },
  ];

  it('takes what is written, of every kind there is', async () => {
    const rows = [
      ...ROWS,
      ...DELIVERIES.map((delivery) => ownMessage(delivery, { delivery })),
      ...everything.map((it, index) => happening(`x${index}`, it)),
      message('n', { attachments: [file({ contentType: null, size: null })], actions: [null, 1] }),
    ];
    const data: unknown = JSON.parse(await write('json', conversation({ rows })));
    assert.ok(isTranscript(data), JSON.stringify(isTranscript.errors));
  });

  it('refuses what is not', async () => {
    const text = await write('json', conversation({ rows: ROWS }));
    for (const [from, to] of [
      ['"version": 1', '"version": 2'],
      ['"author": "bot"', '"author": "robot"'],
      ['"delivery": "read"', '"delivery": "gone"'],
      ['"event": "gap"', '"event": "leap"'],
      ['"at": "2026-03-02T12:01:00.000Z"', '"at": 1772452860000'],
      ['"size": 2400000,', ''],
    ] as const) {
      assert.ok(text.includes(from), from);
      assert.equal(isTranscript(JSON.parse(text.replace(from, to))), false, to);
    }
  });
});

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

import assert from 'node:assert/strict';
import en from '../../../l10n/en.json';
import { TranscriptWriter } from '../../../src/extension/session/transcript/renderTranscript';
import { DELIVERIES } from '../../../src/shared/conversation';
import { ENGLISH, ROWS, RUSSIAN, write } from '../../support/transcripts';
import { conversation, message, ownMessage } from '../../webview/samples';

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

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { DELIVERIES, type Happening } from '../../../src/shared/conversation';
import { ROWS, write } from '../../support/transcripts';
import { root } from '../../vscode/root';
import { conversation, file, happening, message, NOON, ownMessage } from '../../webview/samples';

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

// The conversation as a web page, as a browser reads it: what is in messages stays text, with the
// page's policy and, for readers that know none, without it.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import en from '../../l10n/en.json';
import { TranscriptWriter } from '../../src/extension/session/transcript/renderTranscript';
import type { TranscriptFiles } from '../../src/extension/session/transcript/transcriptFiles';
import type { Row } from '../../src/shared/conversation';
import { translator } from '../../src/shared/texts';
import { launchBrowser } from '../vscode/browser';
import { ATTACKS } from './attacks';
import { png } from './pictures';
import { conversation, file, happening, message, NOON, ownMessage } from './samples';

const LANGUAGE = {
  language: 'en',
  t: translator('en', en),
  locale: 'en-GB',
  timeZone: 'UTC',
} as const;

const ALLOWED = new Set(
  (
    'HTML HEAD META TITLE STYLE BODY H1 H2 ARTICLE P BR STRONG EM DEL CODE PRE HR BLOCKQUOTE UL OL ' +
    'LI TABLE TBODY TR TH TD A FIGURE FIGCAPTION IMG'
  ).split(' '),
);

const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

function write(rows: readonly Row[], name: string, files?: TranscriptFiles): Promise<string> {
  const peer = { kind: 'bot', name, avatar: null, since: NOON } as const;
  const writer = new TranscriptWriter('html', LANGUAGE, () => Promise.resolve(), files);
  return writer.write(conversation({ rows, peer }));
}

const rowsWith = (attack: string, index: number): readonly Row[] => [
  message(`${index}`, {
    text: attack,
    authorName: attack,
    answers: [attack],
    chosenAnswer: 0,
    attachments: [
      file({ key: 'a', name: attack }),
      file({ key: 'picture', name: attack }),
      file({ key: 'other', name: attack }),
    ],
    actions: [attack, { [attack]: [attack] }],
    quote: { messageKey: null, text: attack },
  }),
  ownMessage(`${index}c`, { text: attack, quote: { messageKey: `${index}`, text: attack } }),
  happening(`${index}h`, { type: 'operatorReplaced', name: attack, previousName: attack }),
];

describe('the exported page', () => {
  let browser: Browser;
  let page: Page;
  let requests: string[];

  before(async () => {
    browser = await launchBrowser({ shell: true });
  });

  beforeEach(async () => {
    requests = [];
    page = await browser.newPage();
    await page.addInitScript(() => {
      Object.assign(window, { pwned: () => Object.assign(window, { wasPwned: true }) });
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) requests.push(request.url());
    });
  });

  afterEach(() => page.close());

  after(() => browser.close());

  for (const policy of ['on', 'off'] as const)
    it(`runs nothing and loads nothing, policy ${policy}`, async () => {
      const files: TranscriptFiles = new Map([
        [
          'picture',
          {
            href: `data:image/png;base64,${Buffer.from(png()).toString('base64')}`,
            isPicture: true,
          },
        ],
        ['other', { href: 'data:application/octet-stream;base64,AA==', isPicture: false }],
      ]);
      const html = await write(ATTACKS.flatMap(rowsWith), ATTACKS[0] ?? '', files);
      assert.match(html, POLICY);
      await page.setContent(policy === 'on' ? html : html.replace(POLICY, ''));
      const found = await page.evaluate(() => ({
        pwned: 'wasPwned' in window,
        articles: document.querySelectorAll('article').length,
        pictures: [...document.images].map(({ src, naturalWidth }) => [
          src.slice(0, 15),
          naturalWidth,
        ]),
        elements: [...new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName))],
        handlers: [...document.querySelectorAll('*')].flatMap((it) =>
          it.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style'),
        ),
        hrefs: [...document.querySelectorAll('[href]')].map((it) => it.getAttribute('href') ?? ''),
      }));
      assert.equal(found.articles, 2 * ATTACKS.length);
      assert.deepEqual([found.pwned, requests, found.handlers], [false, [], []]);
      assert.deepEqual(
        found.elements.filter((name) => !ALLOWED.has(name)),
        [],
      );
      assert.deepEqual(
        found.pictures,
        ATTACKS.map(() => ['data:image/png;', 2]),
      );
      assert.deepEqual(
        found.hrefs.filter(
          (href) => !/^(https?:|mailto:|data:application\/octet-stream;)/.test(href),
        ),
        [],
      );
    });

  it('reads as the conversation does', async () => {
    const rows = [
      message('b', {
        text: '# Hi\n\n- [x] *done*\n\n| a | b |\n|--|--|\n| 1 | ~~2~~ |\n\n```ts\nx < 1;\n```\n\n3. third\nnext line',
        answers: ['Yes', 'No'],
        chosenAnswer: 1,
      }),
      ownMessage('c', { text: 'See [docs](https://docs.example/a) and https://plain.example' }),
      happening('h', { type: 'operatorAssigned', name: 'Anna' }),
    ];
    await page.setContent(await write(rows, 'Robin'));
    assert.equal(await page.title(), 'TWIN Chat: conversation with Robin');
    const words = (await page.locator('body').innerText()).replace(/\s*\n\s*/g, '\n').trim();
    assert.equal(
      words,
      `TWIN Chat: conversation with Robin
Times: UTC
Monday, 2 March 2026
Robin, 12:01
Hi
☑ done
a\tb
1\t2
x < 1;
third
next line
Yes
No
You, 12:01 (Sent)
See docs (https://docs.example/a) and https://plain.example
12:01: Anna has joined`,
    );
    assert.equal(await page.locator('li.chosen').innerText(), 'No');
    assert.equal(await page.locator('ol').getAttribute('start'), '3');
  });
});

import assert from 'node:assert/strict';
import type { JsonValue, Row } from '../../src/shared/conversation';
import { ATTACKS } from './attacks';
import {
  conversation,
  file,
  happening,
  message,
  NOON,
  ownMessage,
  pendingFile,
  problem,
} from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** Everything that messages may be made of. */
const ALLOWED = new Set(
  (
    'DIV ARTICLE P SPAN BDI B EM STRONG DEL CODE PRE BR HR BLOCKQUOTE UL OL LI DL DT DD TABLE THEAD ' +
    'TBODY TR TH TD A BUTTON KBD TIME IMG svg path I ' +
    'FORM FIELDSET LEGEND LABEL INPUT SELECT OPTION TEXTAREA DETAILS SUMMARY'
  ).split(' '),
);

/** So many rows are all on the page. */
const ALL_DRAWN = 200;

// With the policy off only the view's own care stands between a text and the page.
for (const csp of ['on', 'off'] as const)
  describe(`attacks, policy ${csp}`, () => {
    const open = withView();

    it('in every field of every row run nothing, load nothing, lead nowhere', async () => {
      const view = await open({ csp, height: 2_000 });
      await armed(view);
      const rows = ATTACKS.flatMap(rowsWith);
      for (let from = 0; from < rows.length; from += ALL_DRAWN) {
        const some = rows.slice(from, from + ALL_DRAWN);
        await view.snapshot(conversation({ rows: some }));
        assert.equal(await view.log.getByRole('article').count(), some.length);
        await assertHarmless(view);
        await clickAllLinks(view);
        await assertHarmless(view);
      }
      for (const { href } of await view.intentsOf('openLink'))
        assert.match(href, /^(https?|mailto):/);
    });

    it('in what is said of a file run nothing either', async () => {
      const view = await open({ csp });
      await armed(view);
      for (const attack of ATTACKS) {
        const attachments = [
          file({ name: attack }),
          file({ key: 'picture', name: `${attack}.png`, contentType: 'image/png' }),
        ];
        await view.snapshot(conversation({ rows: [message('b', { attachments })] }));
        const why = problem({ step: 'download', reason: 'otherHost', host: attack });
        const state = { use: 'open', loading: false, problem: why, reality: 'program' } as const;
        await view.post({ type: 'file', fileKey: 'file-1', state });
        const picture = { state: 'failed', problem: why } as const;
        await view.post({ type: 'picture', fileKey: 'picture', picture });
        await view.row('b').locator('.picture-place button').click();
        await assertHarmless(view);
      }
      assert.equal((await view.intentsOf('wantPicture')).filter(asked).length, ATTACKS.length);
    });

    it('around the rows run nothing either', async () => {
      const view = await open({ csp });
      await armed(view);
      for (const attack of ATTACKS) {
        await view.snapshot(
          conversation({
            peer: { kind: 'bot', name: attack, avatar: file({ name: attack }), since: NOON },
            typing: { by: 'operator', name: attack },
            rows: [message('b', { text: attack })],
            composer: {
              draft: { text: attack, version: 0 },
              pending: [pendingFile({ name: attack })],
            },
          }),
        );
      }
      await view.row('b').focus();
      await view.page.keyboard.press('r');
      await assertHarmless(view);
    });
  });

describe('a link', () => {
  const open = withView();

  for (const [text, shown] of [
    ['[https://bank.example](https://evil.example)', 'https://bank.example (evil.example)'],
    ['[bank.example/login](https://evil.example)', 'bank.example/login (evil.example)'],
    ['https://bank.example@evil.example', 'https://bank.example@evil.example (evil.example)'],
    ['[аррӏе.com](https://аррӏе.com)', 'аррӏе.com (xn--80ak6aa92e.com)'],
    ['[me@bank.example](mailto:me@evil.example)', 'me@bank.example (me@evil.example)'],
    ['[президент.рф](https://президент.рф)', 'президент.рф'],
    ['[BANK.example](https://bank.example/a)', 'BANK.example'],
    ['[our shop](https://shop.example)', 'our shop'],
    ['[write](mailto:me@a.example)', 'write'],
  ] as const)
    it(`shows its real host beside words that seem another: ${text}`, async () => {
      const view = await open();
      await view.snapshot(conversation({ rows: [message('b', { text })] }));
      assert.equal(await view.row('b').locator('[data-part="body"]').textContent(), shown);
    });

  it('is opened by the host, with any button, and tells its real host', async () => {
    const view = await open();
    const text =
      '[https://bank.example](https://user@evil.example/a?b) me@example.com www.example.org';
    await view.snapshot(conversation({ rows: [message('b', { text })] }));
    const links = view.row('b').locator('a');
    const titles = await links.evaluateAll((all) => all.map((link) => (link as HTMLElement).title));
    assert.deepEqual(titles, [
      'Opens evil.example',
      'Writes to me@example.com',
      'Opens www.example.org',
    ]);
    await links.first().click();
    await links.first().click({ button: 'middle' });
    await links.first().click({ modifiers: ['Control'] });
    await links.first().press('Enter');
    const hrefs = (await view.intentsOf('openLink')).map(({ href }) => href);
    assert.deepEqual(hrefs, Array(4).fill('https://user@evil.example/a?b'));
    await links.nth(1).click();
    assert.equal((await view.intentsOf('openLink')).at(-1)?.href, 'mailto:me@example.com');
  });
});

function rowsWith(attack: string, index: number): Row[] {
  const key = `${index}`;
  const name = attack;
  return [
    message(key, {
      text: attack,
      authorName: attack,
      avatar: file({ key: attack, name }),
      answers: [attack],
      answersOpen: true,
      attachments: [
        file({ key: attack, name }),
        file({ key: `${key}p`, name, contentType: 'image/png' }),
      ],
      actions: [attack, { [attack]: [attack] }, formOf(attack)],
      quote: { messageKey: null, text: attack },
    }),
    ownMessage(`${key}c`, { text: attack, quote: { messageKey: key, text: attack } }),
    happening(`${key}h`, { type: 'operatorReplaced', name, previousName: name }),
    happening(`${key}s`, { type: 'operatorStatus', name, status: attack }),
  ];
}

/** What a press on "Load from …" asks for. */
function asked({ agreedHost }: { agreedHost: string | null }): boolean {
  return agreedHost !== null;
}

function formOf(attack: string): JsonValue {
  const labelled = { label: attack, hint: attack, name: attack };
  return {
    type: attack,
    title: attack,
    description: attack,
    fields: [
      attack,
      { ...labelled, type: attack },
      { ...labelled, type: 'textarea', placeholder: attack },
      { ...labelled, options: [attack, { label: attack, value: attack }] },
      { ...labelled, options: Array.from({ length: 9 }, (_, index) => `${attack}${index}`) },
      { ...labelled, type: 'checkbox' },
    ],
  };
}

async function armed(view: ViewPage) {
  await view.page.evaluate(() => {
    Object.assign(window, { pwned: () => Object.assign(window, { wasPwned: true }) });
  });
}

async function assertHarmless(view: ViewPage) {
  const found = await view.page.evaluate(() => ({
    pwned: 'wasPwned' in window,
    polluted: Object.keys(Object.prototype).length > 0,
    elements: [
      ...new Set([...document.querySelectorAll('[role="log"] *')].map((it) => it.tagName)),
    ],
    // The list's own empty rooms are as high as they are.
    handlers: [...document.querySelectorAll('#root *:not(.spacer)')].filter((it) =>
      it.getAttributeNames().some((name) => name.startsWith('on') || name === 'style'),
    ).length,
    sources: [...document.querySelectorAll('#root [src], #root [srcset], #root [data]')].length,
    hrefs: [...document.querySelectorAll('#root [href]')].map(
      (it) => it.getAttribute('href') ?? '',
    ),
  }));
  assert.equal(found.pwned, false);
  assert.equal(found.polluted, false);
  assert.deepEqual(
    found.elements.filter((name) => !ALLOWED.has(name)),
    [],
  );
  assert.equal(found.handlers, 0);
  assert.equal(found.sources, 0);
  assert.deepEqual(
    found.hrefs.filter((href) => !/^(https?|mailto):/.test(href)),
    [],
  );
  assert.deepEqual(view.requests, []);
}

async function clickAllLinks(view: ViewPage) {
  await view.page.evaluate(() => {
    for (const link of document.querySelectorAll<HTMLElement>('#root a')) {
      link.click();
      link.dispatchEvent(
        new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }),
      );
    }
  });
}

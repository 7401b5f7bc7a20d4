import assert from 'node:assert/strict';
import { source, type run } from 'axe-core';
import type { ConversationView } from '../../src/shared/conversation';
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
import type { ThemeName } from './themes';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const rich = conversation({
  demo: true,
  connection: 'reconnecting',
  storageFailed: true,
  operatorRequestedAt: NOON,
  expiresAt: NOON,
  typing: { by: 'bot', name: 'Robin' },
  rows: [
    message('1', {
      answers: ['Yes', 'No'],
      chosenAnswer: 0,
      actions: [{ type: 'form', fields: ['a'] }],
    }),
    ownMessage('2', { text: 'Yes', quote: { messageKey: '1', text: 'Text of 1' } }),
    message('3', {
      text: '# A\n**b** `c` [d](https://d.example)\n\n|e|\n|-|\n|f|\n\n```ts\nlet g;\n```\n> h\n\n1. i',
      attachments: [file(), file({ key: 'p', name: 'p.png', contentType: 'image/png' })],
      answers: ['Yes', 'No'],
      answersOpen: true,
    }),
    ownMessage('4', { delivery: 'failed', problem: problem() }),
    ownMessage('5', { delivery: 'unknown' }),
    happening('6', { type: 'gap', from: NOON, to: NOON + 1 }),
    happening('7', { type: 'operatorAssigned', name: 'Anna' }),
  ],
  composer: {
    draft: { text: 'Text', version: 1 },
    pending: [
      pendingFile({ unsaved: true }),
      pendingFile({ id: '2', state: 'uploading' }),
      pendingFile({ id: '3', state: 'failed', problem: problem({ step: 'upload' }) }),
    ],
  },
});

const STATES: Readonly<Record<string, ConversationView | null>> = {
  welcome: null,
  starting: conversation({ connection: 'starting', peer: null }),
  rich,
  ended: conversation({
    connection: 'ended',
    rows: [message('b'), happening('e', { type: 'ended', by: 'bot' })],
  }),
  failed: conversation({ connection: 'failed', peer: null, problem: problem({ step: 'start' }) }),
};

const THEMES: readonly ThemeName[] = ['dark', 'light', 'hcDark', 'hcLight'];

for (const theme of THEMES)
  describe(`accessibility, ${theme}`, () => {
    const open = withView();

    for (const [name, state] of Object.entries(STATES))
      it(`holds for ${name}`, async () => {
        const view = await open({ theme, height: 2_000 });
        await view.snapshot(state, { hasChatId: true });
        assert.deepEqual(await violations(view), []);
      });

    it('holds for the colours of code', async () => {
      const view = await open({ theme, height: 2_000 });
      const ts = '```ts\n/** c */\nclass A { b = "c" + 4; d(e: string) { return !this.e; } }\n```';
      const rest = '```diff\n+ a\n- b\n```\n```json\n{ "a": null }\n```';
      const text = `${ts}\n${rest}`;
      await view.snapshot(
        conversation({ rows: [message('b', { text }), ownMessage('c', { text })] }),
      );
      await view.row('c').locator('pre').last().locator('[data-token]').first().waitFor();
      assert.deepEqual(await violations(view), []);
    });

    it('holds for the bar of a message and for a reply', async () => {
      const view = await open({ theme });
      await view.snapshot(conversation({ rows: [message('b'), ownMessage('c')] }));
      await view.row('b').focus();
      await view.page.keyboard.press('r');
      await view.row('c').hover();
      await view.composer.focus();
      assert.deepEqual(await violations(view), []);
    });
  });

describe('the view, small or large', () => {
  const open = withView();

  for (const width of [220, 280, 800])
    it(`loses nothing at ${width} px`, async () => {
      const view = await open({ width, height: 900 });
      for (const state of Object.values(STATES)) {
        await view.snapshot(state);
        assert.deepEqual(await overflowing(view), []);
      }
    });

  it('loses nothing at 200 % zoom in a narrow side bar', async () => {
    const view = await open({ width: 300, height: 900 });
    await view.snapshot(rich, { fontSize: 26 });
    assert.deepEqual(await overflowing(view), []);
    assert.equal(await view.row('1').evaluate((row) => getComputedStyle(row).fontSize), '26px');
  });

  it('shows where the focus is, on everything that takes it', async () => {
    const view = await open({ height: 1_500 });
    await view.snapshot(rich);
    const unseen: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      await view.page.keyboard.press('Tab');
      const name = await view.page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return null;
        if (activeElement.tagName.startsWith('VSCODE-')) return null; // the toolkit's own
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
        return outlineStyle === 'none' || outlineWidth === '0px' ? activeElement.outerHTML : null;
      });
      if (name !== null) unseen.push(name);
    }
    assert.deepEqual(unseen, []);
  });

  it('does not move for who wants it still', async () => {
    const view = await open();
    await view.page.emulateMedia({ reducedMotion: 'reduce' });
    await view.snapshot(conversation({ typing: { by: 'bot', name: null } }));
    const animation = await view.page
      .locator('.dots i')
      .first()
      .evaluate((dot) => getComputedStyle(dot).animationName);
    assert.equal(animation, 'none');
  });
});

async function violations(view: ViewPage): Promise<string[]> {
  const hasAxe = await view.page.evaluate(() => 'axe' in window);
  if (!hasAxe) await view.page.evaluate(source);
  return view.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: typeof run } };
    const result = await axe.run(document, {
      // The page is a part of VS Code's window, which has the headings and landmarks.
      rules: { 'page-has-heading-one': { enabled: false } },
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, any, all }) =>
          `${id}: ${html.slice(0, 160)} ${[...any, ...all].map((check) => check.message).join('; ')}`,
      ),
    );
  });
}

/** Elements that reach out of the view, other than by scrolling in a box of their own. */
async function overflowing(view: ViewPage): Promise<string[]> {
  return view.page.evaluate(() =>
    [...document.querySelectorAll('#root *')]
      .filter((element) => {
        if (
          element.closest('pre, .table, .sr-only, svg') !== null ||
          element.closest('.header.empty') !== null
        )
          return false;
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
      })
      .map((element) => `${element.tagName}.${element.className}`),
  );
}

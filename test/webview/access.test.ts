import assert from 'node:assert/strict';
import { source, type run } from 'axe-core';
import type { Locator } from 'playwright-core';
import { enter, EVERY_STATE, inEveryState } from './everyState';
import { overflowing } from './overflowing';
import { conversation, message, ownMessage } from './samples';
import type { ThemeName } from './themes';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** Drawn on one page after another, each with what it shows most of. */
const PATIENCE_MS = 90_000;

/** `npm run proof` looks at high contrast too. */
const THEMES: readonly ThemeName[] =
  process.env['TWIN_THEMES'] === 'all' ? ['dark', 'light', 'hcDark', 'hcLight'] : ['dark', 'light'];

for (const theme of THEMES)
  describe(`accessibility, ${theme}`, function () {
    this.timeout(PATIENCE_MS);
    const open = withView();

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

    it('holds for places in the workspace, and for what is folded', async () => {
      const view = await open({ theme, height: 2_000 });
      const text = `\`a.ts:1\` and b.ts:2\n\n\`\`\`ts\n${'let a;\n'.repeat(500)}\`\`\``;
      await view.snapshot(
        conversation({ rows: [message('b', { text }), ownMessage('c', { text })] }),
      );
      const asked = ['a.ts', 'b.ts'];
      await view.waitForIntent('wantPlaces');
      await view.post({ type: 'places', asked, found: asked });
      await view.row('c').locator('a').first().waitFor();
      assert.deepEqual(await violations(view), []);
    });

    it('holds in every state', async () => {
      const view = await open({ theme, height: 2_000 });
      assert.deepEqual(await inEveryState(view, violations), {});
    });
  });

describe('the view, small or large', () => {
  const open = withView();

  for (const width of [220, 280, 800])
    for (const language of ['en', 'ru'] as const)
      it(`loses nothing at ${width} px, in ${language}`, async function () {
        this.timeout(PATIENCE_MS);
        const view = await open({ width, height: 900, settings: { language } });
        assert.deepEqual(await inEveryState(view, overflowing), {});
      });

  it('loses nothing at 200 % zoom in a narrow side bar', async function () {
    this.timeout(PATIENCE_MS);
    const view = await open({ width: 300, height: 900, settings: { fontSize: 26 } });
    assert.deepEqual(await inEveryState(view, overflowing), {});
    const size = await view.composer.evaluate((area) => getComputedStyle(area).fontSize);
    assert.equal(size, '26px');
  });

  it('is written in as it is read, in the font of the settings', async () => {
    const view = await open({ settings: { fontFamily: 'Georgia, serif' } });
    await view.snapshot(conversation({ rows: [message('b')] }));
    for (const text of [view.row('b'), view.composer])
      assert.equal(await text.evaluate((it) => getComputedStyle(it).fontFamily), 'Georgia, serif');
  });

  it('shows where the focus is, on everything that takes it', async () => {
    const view = await open({ height: 1_500 });
    const unseen: string[] = [];
    for (const state of [EVERY_STATE['own messages of every fate'], EVERY_STATE['a form']]) {
      assert.ok(state);
      await enter(view, state);
      for (let step = 0; step < 25; step += 1) {
        await view.page.keyboard.press('Tab');
        unseen.push(...(await unseenFocus(view)));
      }
    }
    assert.deepEqual(unseen, []);
  });

  it('lets text from right to left run so, and stand so', async () => {
    const view = await open();
    const right = 'שלום עולם';
    const rows = [message('r', { text: right, answers: [right], answersOpen: true }), message('l')];
    await view.snapshot(conversation({ rows }));
    const direction = (locator: Locator) =>
      locator.evaluate((it) => [getComputedStyle(it).direction, getComputedStyle(it).textAlign]);
    assert.deepEqual(await direction(view.row('r').locator('p')), ['rtl', 'start']);
    assert.deepEqual(await direction(view.row('l').locator('p')), ['ltr', 'start']);
    assert.equal((await direction(view.button(right)))[0], 'rtl');
    const typed = await view.composer.evaluate((area) => getComputedStyle(area).unicodeBidi);
    assert.equal(typed, 'plaintext', 'each line of what is written runs its own way');
  });

  it('keeps edges and marks where colours are forced', async () => {
    const view = await open();
    await view.page.emulateMedia({ forcedColors: 'active' });
    const form = { scale: { label: 'How?' }, fields: ['Name'] };
    const rows = [
      message('a', { answers: ['Yes', 'No'], chosenAnswer: 0 }),
      ownMessage('c'),
      message('f', { actions: [form], answersOpen: true }),
    ];
    await view.snapshot(conversation({ rows, demo: true }));
    await view.page.getByRole('radio', { name: '4' }).check();
    const edged = await view.page.evaluate(() =>
      [
        '.badge',
        '[data-author="client"] .bubble',
        '.answer',
        '.composer-frame',
        '.scale label',
        '.field [type="text"]',
      ].filter((selector) => {
        const element = document.querySelector(selector);
        return element === null || getComputedStyle(element).borderTopWidth === '0px';
      }),
    );
    assert.deepEqual(edged, []);
    assert.equal(await view.row('a').locator('.chosen .answer-mark').isVisible(), true);
    const step = (name: string) =>
      view.page
        .getByRole('radio', { name })
        .evaluate((it) => getComputedStyle(it.parentElement ?? it).backgroundColor);
    assert.notEqual(await step('4'), await step('3'));
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

/** What has the focus without showing it; the toolkit sees to its own. */
async function unseenFocus(view: ViewPage): Promise<string[]> {
  return view.page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return [];
    if (activeElement.tagName.startsWith('VSCODE-')) return [];
    const shown = activeElement.closest('.scale label') ?? activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    return outlineStyle === 'none' || outlineWidth === '0px' ? [activeElement.outerHTML] : [];
  });
}

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

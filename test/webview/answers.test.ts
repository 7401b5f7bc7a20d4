import assert from 'node:assert/strict';
import { conversation, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const answers = ['Yes', 'No', 'Maybe'];
const openSet = (key = 'b') => message(key, { answers, answersOpen: true });

const pressed = async (view: ViewPage) =>
  (await view.intentsOf('pressAnswer')).map(({ messageKey, index }) => [messageKey, index]);

describe('the answers of a message', () => {
  const open = withView();

  it('can be pressed again where nothing came of a press: the host tells, which takes one', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet()] }));
    await view.button('No').click();
    await view.button('Yes').click();
    await view.page.keyboard.press('Alt+Digit3');
    assert.deepEqual(await pressed(view), [
      ['b', 1],
      ['b', 0],
      ['b', 2],
    ]);
  });

  it('mark the pressed one and stay readable, disabled, when superseded', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet()] }));
    await view.button('No').focus();
    await view.page.keyboard.press('Enter');
    const after = message('b', { answers, answersOpen: false, chosenAnswer: 1 });
    await view.change({ rows: [after, ownMessage('c', { text: 'No' })] });
    assert.equal(await view.button('No').getAttribute('aria-pressed'), 'true');
    assert.equal(await view.button('Yes').getAttribute('aria-pressed'), null);
    for (const name of answers) assert.equal(await view.button(name).isDisabled(), true, name);
    const stops = view.page.getByRole('group', { name: 'Answers' }).locator('[tabindex="0"]');
    assert.equal(await stops.count(), 0, 'Tab passes them by');
    assert.equal(await view.button('No').evaluate((it) => it === document.activeElement), true);
    await view.button('Yes').click({ force: true });
    assert.deepEqual(await pressed(view), [['b', 1]]);
  });

  it('are pressed by Alt+1…9 of the newest open set, by the place of the key', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet('old'), openSet('new')] }));
    await view.composer.focus();
    await view.page.keyboard.press('Alt+Digit3');
    await view.page.keyboard.press('Alt+Digit4');
    await view.page.keyboard.press('Digit1');
    await view.page.keyboard.press('Control+Alt+Digit1');
    assert.deepEqual(await pressed(view), [['new', 2]]);
  });

  it('show their keys, which are not part of their names', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet('old'), openSet('new')] }));
    const hints = (key: string) => view.row(key).locator('kbd:visible').allTextContents();
    assert.deepEqual(await hints('old'), []);
    assert.deepEqual(await hints('new'), ['Alt+1', 'Alt+2', 'Alt+3']);
    assert.equal(
      await view.row('new').getByRole('button', { name: 'Yes', exact: true }).count(),
      1,
    );
  });

  it('name the key as a Mac does, on a Mac', async () => {
    const view = await open({ mac: true });
    await view.snapshot(conversation({ rows: [openSet('new')] }));
    const hints = await view.row('new').locator('kbd:visible').allTextContents();
    assert.deepEqual(hints, ['⌥1', '⌥2', '⌥3']);
  });

  it('leave Alt+digit to the composer on a Mac, where it types a character', async () => {
    const view = await open({ mac: true });
    await view.snapshot(conversation({ rows: [openSet()] }));
    await view.composer.focus();
    await view.page.keyboard.press('Alt+Digit1');
    assert.deepEqual(await pressed(view), []);
    await view.row('b').focus();
    await view.page.keyboard.press('Alt+Digit1');
    assert.deepEqual(await pressed(view), [['b', 0]]);
  });

  it('keep what they take of the keyboard from VS Code', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet()] }));
    await view.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      window.addEventListener('keydown', (event) => seen.push(event.code));
    });
    await view.page.keyboard.press('Alt+Digit1');
    await view.page.keyboard.press('Alt+Digit9');
    const seen = await view.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    assert.deepEqual(seen, ['AltLeft', 'AltLeft', 'Digit9']);
  });

  it('are one tab stop, with arrows, Home and End within', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [openSet()] }));
    await view.button('Yes').focus();
    const focused = () =>
      view.page.evaluate(() => document.activeElement?.children[1]?.textContent);
    const seen = [];
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'Home', 'End']) {
      await view.page.keyboard.press(key);
      seen.push(await focused());
    }
    assert.deepEqual(seen, ['No', 'Maybe', 'Yes', 'Maybe', 'Yes', 'Maybe']);
    const stops = await view.log.locator('.answer[tabindex="0"]').allTextContents();
    assert.equal(stops.length, 1);
  });

  it('beyond nine have no key, and are pressed like the others', async () => {
    const view = await open();
    const many = Array.from({ length: 12 }, (_, index) => `Answer ${index + 1}`);
    await view.snapshot(
      conversation({ rows: [message('b', { answers: many, answersOpen: true })] }),
    );
    const hints = await view.row('b').locator('kbd:visible').allTextContents();
    assert.deepEqual([hints.length, hints.at(-1)], [9, 'Alt+9']);
    await view.button('Answer 1').focus();
    await view.page.keyboard.press('End');
    await view.page.keyboard.press('Enter');
    assert.deepEqual(await pressed(view), [['b', 11]]);
  });

  it('are folded when there are thousands, with the chosen one in sight', async () => {
    const view = await open();
    const many = Array.from({ length: 5_000 }, (_, index) => `Answer ${index}`);
    const set = (chosenAnswer: number | null) =>
      message('b', { answers: many, answersOpen: chosenAnswer === null, chosenAnswer });
    await view.snapshot(conversation({ rows: [set(null)] }));
    const group = view.row('b').getByRole('group', { name: 'Answers' });
    assert.equal(await group.getByRole('button').count(), 50);
    await view.button('Show more (4,950 left)').press('Enter');
    assert.equal(await group.getByRole('button').count(), 250);
    assert.equal(
      await view.button('Answer 50').evaluate((it) => it === document.activeElement),
      true,
    );
    await view.change({ rows: [set(4_711)] });
    assert.equal(await view.button('Answer 4711').getAttribute('aria-pressed'), 'true');
    await view.button('Show more (4,749 left)').click();
    const names = await group.getByRole('button').allTextContents();
    assert.equal(names.length, 451);
    assert.match(names.at(-1) ?? '', /^Answer 4711/);
  });
});

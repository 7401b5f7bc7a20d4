import assert from 'node:assert/strict';
import type { MessageRow } from '../../src/shared/conversation';
import { conversation, message, NOON, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const OWN = ownMessage('own', { at: NOON });

/** The name of what has the focus. */
const focused = (view: ViewPage) =>
  view.page.evaluate(() => document.activeElement?.tagName.toLowerCase());

describe('the parts of a message', () => {
  const open = withView();

  /** A message that begins a run, so that it has a head. */
  const openHeaded = async (row: MessageRow) => {
    const view = await open();
    await view.snapshot(conversation({ rows: [OWN, row] }));
    return view;
  };

  /** One of the same author comes before it: its head goes. */
  const takeHead = async (view: ViewPage, row: MessageRow) => {
    await view.change({ rows: [OWN, message('before', { at: NOON + 1_000 }), row] });
    assert.equal(await view.row(row.key).locator('.head').count(), 0);
  };

  it('keep the focus when one above them goes', async () => {
    const row = message('b', { text: 'See <https://example.org/> please' });
    const view = await openHeaded(row);
    await view.row('b').locator('a').focus();
    await takeHead(view, row);
    assert.equal(await focused(view), 'a');
  });

  it('keep what is selected when one above them goes', async () => {
    const row = message('b', { text: 'Words to select' });
    const view = await openHeaded(row);
    const selected = () => view.page.evaluate(() => String(document.getSelection()));
    await view.row('b').locator('[data-part="body"] p').selectText();
    await takeHead(view, row);
    assert.equal(await selected(), 'Words to select');
  });

  it('keep how far code is scrolled when one above them goes', async () => {
    const row = message('b', { text: `\`\`\`\n${'x'.repeat(400)}\n\`\`\`` });
    const view = await openHeaded(row);
    const code = view.row('b').locator('pre');
    await code.evaluate((it) => {
      it.scrollLeft = 100;
    });
    await takeHead(view, row);
    assert.equal(await code.evaluate((it) => it.scrollLeft), 100);
  });

  it('keep the focus on their buttons when a message has gone out', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [{ ...OWN, delivery: 'sending' }] }));
    await view.row('own').focus();
    await view.row('own').locator('.reply-button').focus();
    await view.change({ rows: [{ ...OWN, delivery: 'sent' }] });
    assert.equal(await focused(view), 'button');
  });

  it('show as it came a text that nothing is drawn of', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: '#' })] }));
    await view.row('b').hover();
    await view.row('b').getByRole('button', { name: 'Show as it came' }).click();
    assert.equal(await view.row('b').locator('.raw').count(), 1);
  });
});

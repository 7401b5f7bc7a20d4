import assert from 'node:assert/strict';
import { EXTREMES, type Extreme } from './extremes';
import { conversation } from './samples';
import { withView } from './withView';

/** Elements of a message that was made to break the view, at most. */
const MAX_NODES = 1_500;
/** Letters of it that are laid out at first. */
const MAX_LETTERS = 30_000;

describe('a message of extreme size', () => {
  const open = withView();

  for (const name of Object.keys(EXTREMES) as Extreme[])
    it(`is folded: ${name}`, async () => {
      const view = await open();
      await view.snapshot(conversation({ rows: [EXTREMES[name]('b')] }));
      const { nodes, letters } = await view.row('b').evaluate((row) => ({
        nodes: row.querySelectorAll('*').length,
        letters: row.textContent.length,
      }));
      assert.ok(nodes <= MAX_NODES, `${nodes} elements`);
      assert.ok(letters > 0 && letters <= MAX_LETTERS, `${letters} letters`);
      await view.page.getByRole('button', { name: /more/i }).first().click();
      const more = await view.row('b').evaluate((row) => row.textContent.length);
      assert.ok(more > letters, 'the rest can be had');
    });
});

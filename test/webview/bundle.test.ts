import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../vscode/root';
import { conversation, message } from './samples';
import { withView } from './withView';

const KIB = 1_024;
/** Of the bundle that the view begins with, compressed. */
const MAX_SIZE = 60 * KIB;

describe('the bundles of the view', () => {
  const open = withView();

  it('begin with one of at most 60 KiB, compressed', () => {
    const size = gzipSync(readFileSync(path.join(root, 'dist', 'webview.js'))).length;
    assert.ok(size <= MAX_SIZE, `${(size / KIB).toFixed(1)} KiB`);
  });

  it('draw a text without marks before the parser is there, one with marks as soon as it is', async () => {
    const view = await open({ holds: 'parseMarkdown.js' });
    await view.snapshot(
      conversation({ rows: [message('a', { text: 'Nothing special, is it?' })] }),
    );
    assert.equal(
      await view.row('a').locator('[data-part="body"]').innerHTML(),
      '<p dir="auto">Nothing special, is it?</p>',
    );
    await view.change({ rows: [message('b', { text: 'Now *this*' })] });
    await view.post({ type: 'focusComposer' });
    assert.equal(await view.row('b').count(), 0, 'never half drawn');
    await view.release();
    await view.row('b').locator('em').waitFor();
    assert.equal(await view.row('a').count(), 0);
  });

  it('keep the cursor of a first state that had to wait', async () => {
    const view = await open({ holds: 'parseMarkdown.js' });
    await view.snapshot(conversation({ rows: [message('b', { text: '*this*' })] }));
    await view.post({ type: 'focusComposer' });
    await view.release();
    await view.row('b').locator('em').waitFor();
    await view.page.keyboard.type('typed');
    assert.equal(await view.composer.inputValue(), 'typed');
  });

  it('keep a search that came before a first state that had to wait', async () => {
    const view = await open({ holds: 'parseMarkdown.js' });
    await view.snapshot(conversation({ rows: [message('b', { text: '*this*' })] }));
    await view.post({ type: 'find' });
    await view.release();
    await view.page.getByRole('search').waitFor();
  });

  it('show texts as they came when the parser cannot be had', async () => {
    const view = await open({ holds: 'parseMarkdown.js' });
    await view.snapshot(conversation({ rows: [message('b', { text: 'as *it* came' })] }));
    await view.release('broken');
    await view.row('b').getByText('as *it* came').waitFor();
  });
});

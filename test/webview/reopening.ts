import assert from 'node:assert/strict';
import type { ConversationView } from '../../src/shared/conversation';
import { conversation, message, pendingFile } from './samples';
import type { ViewPage } from './viewPage';

const DRAFT = 'half a thought';
const CARET = 4;

/** A conversation with everything that must come back: a draft, a file, a place in the middle. */
export const KEPT: ConversationView = conversation({
  rows: Array.from({ length: 1_000 }, (_, index) =>
    message(`m${index}`, { text: `Text of m${index}. `.repeat(1 + (index % 5) * 4) }),
  ),
  composer: { draft: { text: DRAFT, version: 1 }, pending: [pendingFile({ name: 'kept.ts' })] },
});

/** Leaves caret and scroll where they are to be found again. */
export async function settleIn(view: ViewPage): Promise<void> {
  await view.snapshot(KEPT);
  await view.composer.evaluate((box: HTMLTextAreaElement, caret) => {
    box.focus();
    box.setSelectionRange(caret, caret);
  }, CARET);
  await view.composer.blur();
  await view.page.locator('.scroll-box').evaluate((box) => {
    box.scrollTop = box.scrollHeight * 0.6;
  });
  await view.settled();
}

/** What must be the same each time the view comes back. */
export async function impression(view: ViewPage) {
  await view.settled();
  return view.page.evaluate(() => {
    const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
    const area = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
    const top = [...document.querySelectorAll<HTMLElement>('[role="log"] > article')].find(
      (row) => row.getBoundingClientRect().bottom > (box?.top ?? 0),
    );
    return {
      draft: area?.value,
      caret: area?.selectionStart,
      row: top?.dataset['messageId'],
      offset: Math.round(top?.getBoundingClientRect().top ?? 0),
      file: document.querySelector('[data-part="pending-attachment"]')?.textContent,
    };
  });
}

/** Hides the view, brings it back, and sees that it is as it was. */
export async function reopen(view: ViewPage, before: Awaited<ReturnType<typeof impression>>) {
  await view.reload();
  await view.snapshot(KEPT);
  assert.deepEqual(await impression(view), before);
}

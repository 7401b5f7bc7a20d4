// Files that a person drops and pastes into the chat: out of the Explorer, from outside of VS Code,
// and a picture from the clipboard. What arrived is read from the platform's ledger.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Chat } from '../vscode/chat';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

const IN_EXPLORER = 'Заметки о боте.md';
const MEGABYTE = 1024 * 1024;
/** What the platform takes, bytes. */
const LIMIT = 5 * MEGABYTE;
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==';

describe('files dropped and pasted', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openChat({
      simulator: { language: 'en', maxFileBytes: LIMIT },
    });
  });

  picturesOfFailures(() => stage);

  after(() => stage.close());

  async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox();
    ok(box, 'what should be dragged or be dropped on is not on the screen');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Sends the files that wait in the composer, once all are there; resolves with names and sizes. */
  async function sent(count = 1): Promise<readonly (readonly [name: string, size: number])[]> {
    const { ledger } = stage.simulator;
    const before = ledger.of('messageTaken').length;
    const ready = stage.chat.find('[data-part="pending-attachment"][data-state="ready"]');
    await ready.nth(count - 1).waitFor();
    await stage.chat.sendButton.click();
    const message = await ledger.until((it) => it.of('messageTaken')[before]);
    return message.attachments.map((id) => {
      const file = ledger.filesTaken().find(({ fileId }) => fileId === id);
      return [file?.name ?? '', file?.size ?? 0];
    });
  }

  const drop = (files: readonly string[]) => stage.workbench.dropFiles(stage.chat.composer, files);

  it('takes a picture from the clipboard', async () => {
    const { page } = stage.workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const picture = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    }, PNG);
    await stage.chat.composer.click();
    await page.keyboard.press('ControlOrMeta+V');
    const [file] = await sent();
    deepEqual(file?.[0], 'image.png');
  });

  it('takes files from outside of VS Code, in their order', async () => {
    const files = ['первый.bin', 'второй.txt', 'третий.txt'];
    const [first = '', second = '', third = ''] = files.map((name) =>
      path.join(stage.folder, '..', name),
    );
    await writeFile(first, Buffer.alloc(1_000_000));
    await writeFile(second, 'долго читать\n'.repeat(100_000));
    await writeFile(third, 'third');
    await drop([first, second]);
    await drop([third]); // it is looked through sooner than the one before
    deepEqual(
      (await sent(3)).map(([name]) => name),
      files,
    );
  });

  it('shows a long upload in the corner, where it is stopped, and tries it again', async () => {
    const file = path.join(stage.folder, '..', 'запись разговора.bin');
    await writeFile(file, Buffer.alloc(2_000_000));
    stage.simulator.setFaults([{ kind: 'slowUpload', bytesPerSecond: 100_000 }]);
    await drop([file]);
    const progress = stage.workbench.notification('Uploading запись разговора.bin');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'hidden' });
    const { chat, simulator } = stage;
    await chat.pendingAttachments.filter({ hasText: 'you stopped it' }).waitFor();
    await simulator.ledger.until((it) => it.of('requestRefused').length > 0);
    simulator.setFaults([]);
    await chat.button('Retry запись разговора.bin').click();
    deepEqual(await sent(), [['запись разговора.bin', 2_000_000]]);
  });

  it('does not bring what is as large as a file that the platform has refused', async () => {
    const { chat, simulator } = stage;
    const refusedAs = (status: number) =>
      simulator.ledger.of('requestRefused').filter((it) => it.status === status).length;
    for (const [name, size, words] of [
      ['архив.bin', LIMIT + MEGABYTE, /does not accept a file of 6 MB/],
      ['архив целиком.bin', LIMIT + 2 * MEGABYTE, /has refused a file of 6 MB before/],
    ] as const) {
      const file = path.join(stage.folder, '..', name);
      await writeFile(file, Buffer.alloc(size));
      await drop([file]);
      await chat.pendingAttachments.filter({ hasText: name }).getByText(words).waitFor();
    }
    equal(refusedAs(413), 1);
    for (const name of ['архив.bin', 'архив целиком.bin'])
      await chat.button(`Remove ${name}`).click();
  });

  it('takes a file from the Explorer while Shift is held', async () => {
    const { page } = stage.workbench;
    // The chat beside the Explorer: both in sight.
    await stage.workbench.runCommand('View: Move View');
    await stage.workbench.quickPickRow('Chat').click();
    await stage.workbench.quickPickRow('New Panel Entry').click();
    await new Chat(stage.workbench, 'tab').untilConnection('online'); // no longer in the side bar
    await stage.workbench.runCommand('View: Show Explorer');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: IN_EXPLORER });
    for (const it of [row, stage.chat.composer]) await it.hover({ trial: true }); // both stand still
    const from = await middleOf(row);
    const to = await middleOf(stage.chat.composer);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 5, { steps: 4 });
    await page.keyboard.down('Shift');
    await page.mouse.move(to.x, to.y, { steps: 10 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    deepEqual(
      (await sent()).map(([name]) => name),
      [IN_EXPLORER],
    );
  });
});

// What a person can do with the files that a bot sends, in a real VS Code. On the recent version
// alone, for the oldest differs in nothing that is looked at here.
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { png } from '../support/pictureFiles';
import type { Stage } from '../vscode/stage';
import { Front, STORED } from './front';
import { openChat, picturesOfFailures } from './suiteStage';

const TABLE = 'prices.csv';
const DECODED = 'Déjà vu';
const BINARY = 'application/octet-stream';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('a received file', function () {
    this.timeout(180_000);
    let stage: Stage;
    /** The host of sessions and files; those that it is to keep back are sent with its address. */
    let front: Front;
    /** Another host: it only counts who calls. */
    const stranger = createServer((socket) => {
      calls += 1;
      socket.destroy();
    });
    let calls: number;
    let strangerHost: string;

    before(async () => {
      calls = 0;
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      strangerHost = `127.0.0.1:${(stranger.address() as AddressInfo).port}`;
      stage = await openChat({
        settings: { 'files.simpleDialog.enable': true },
        prepare: async ({ url }) => {
          front = await Front.open(url);
          return { 'twin.apiUrl': front.url };
        },
        fill: (folder) => writeFile(path.join(folder, TABLE), 'mine'),
      });
      await stage.chat.send('Send me files');
      await attachment('gone.txt').waitFor();
    });

    picturesOfFailures(() => stage);

    after(async () => {
      await stage.close();
      await front.close();
      stranger.close();
    });

    const attachment = (name: string) =>
      stage.chat.find('[data-part="attachment"]').filter({ hasText: name });
    /** What is in sight, as its picture is loaded only there: a click may have scrolled the list. */
    const inSight = async (name: string) => {
      await attachment(name).scrollIntoViewIfNeeded();
      return attachment(name);
    };
    const tab = (name: string) =>
      stage.workbench.page.locator(`.tab.active[data-resource-name="${name}"]`);
    const lines = () => stage.workbench.page.locator('.editor-group-container.active .view-lines');
    const sessionId = () => stage.simulator.ledger.of('sessionStarted').at(-1)?.sessionId ?? '';
    /** The bot sends a file that lies at this address. */
    const give = (name: string, contentType: string, url: string, size = 9) => {
      stage.simulator.emit(sessionId(), 'chatMessageCreatedEmit', {
        id: `with ${name}`,
        authorType: 'BOT',
        body: `Here is ${name}`,
        attachments: [{ id: name, name, contentType, size, url }],
      });
    };
    /** The bot sends a file that comes through the front. */
    const giveThroughFront = (name: string, contentType: string, content: Buffer) => {
      const file = { name, contentType, content, isPrivate: false };
      const { id } = stage.simulator.keepFile(file);
      give(name, contentType, `${front.url}/storage/${id}/x`, content.length);
    };

    it('that is a picture opens at its full size', async () => {
      await stage.chat.button('Open welcome.png').first().click();
      await tab('welcome.png').waitFor();
      await stage.workbench.page.locator('.part.statusbar').getByText('480x270').waitFor();
    });

    it('that is text opens decoded, to be read only', async () => {
      await stage.chat.button(TABLE).click();
      await tab(TABLE).waitFor();
      await lines().getByText(DECODED).waitFor();
      await lines().click();
      await stage.workbench.type('x');
      await stage.workbench.page
        .getByText(/read-only/i)
        .first()
        .waitFor();
      equal(await lines().getByText('x', { exact: true }).count(), 0);
    });

    it('in JSON is coloured as JSON', async () => {
      await stage.chat.button('settings.json').click();
      await tab('settings.json').waitFor();
      await stage.workbench.page.locator('.part.statusbar').getByText('JSON').waitFor();
    });

    it('that is not what its name says is marked before it is opened', async () => {
      const invoice = attachment('invoice for the services');
      await invoice.locator('button.file-name').click();
      const { dialog } = stage.workbench;
      await dialog.getByText(/corrected\.pdf” is really a web page/).waitFor();
      await stage.workbench.pressInDialog('Escape');
      await invoice.getByText('Really a web page').waitFor();
      equal(await tab('settings.json').count(), 1, 'nothing else was opened');
    });

    it('is saved where the person says, under a name that is free', async () => {
      await stage.chat.button(`Save ${TABLE}`).click();
      await stage.workbench.page.waitForFunction(() =>
        document
          .querySelector<HTMLInputElement>('.quick-input-widget input.input')
          ?.value.endsWith('/prices (2).csv'),
      );
      await stage.workbench.page.keyboard.press('Enter');
      await stage.workbench.notification('Saved: prices (2).csv').waitFor();
      const saved = await readFile(path.join(stage.folder, 'prices (2).csv'));
      equal(saved.toString('latin1').includes(DECODED), true, 'the bytes as they came');
      equal(await readFile(path.join(stage.folder, TABLE), 'utf8'), 'mine');
    });

    it('that is gone says so, in its message too, and can be tried again', async () => {
      await stage.chat.button('gone.txt').click();
      const shown = stage.workbench.notification(/gone\.txt.*does not have it any more/);
      await shown.waitFor();
      await stage.workbench.dismiss(shown);
      await attachment('gone.txt')
        .getByText(/does not have it any more/)
        .waitFor();
      const refused = () => stage.simulator.ledger.of('requestRefused').length;
      const before = refused();
      await stage.chat.button('Try again: gone.txt').click();
      await stage.simulator.ledger.until(() => refused() > before);
      await stage.workbench.dismiss(shown);
    });

    it('that takes long shows how much has come in the corner, where it is stopped', async () => {
      giveThroughFront('recording.bin', BINARY, Buffer.alloc(3 * 1024 * 1024, 1));
      const file = attachment('recording.bin');
      Object.assign(front, { holds: STORED, answers: 1_000_000 });
      await file.locator('button.file-name').click();
      const progress = stage.workbench.notification('Loading recording.bin');
      await progress.filter({ hasText: /[1-9][\d.]* [kKM]B of 3 MB/ }).waitFor();
      await progress.getByRole('button', { name: 'Cancel' }).click();
      await progress.waitFor({ state: 'hidden' });
      Object.assign(front, { holds: null });
      deepEqual(await file.getByText(/cannot|broke|failed/).count(), 0, 'stopped is no failure');
      await file.locator('button.file-name').click();
      await stage.workbench.quickInput.waitFor(); // where it should be saved
      await stage.workbench.page.keyboard.press('Escape');
      await stage.workbench.quickInput.waitFor({ state: 'hidden' });
    });

    it('that is a picture of too many pixels, or of too many bytes, is not shown in its message', async () => {
      giveThroughFront('map.png', 'image/png', png(8, 8, { claimed: [60_000, 60_000] }));
      const map = await inSight('map.png');
      await map.getByText('the picture is too large to be shown').waitFor();
      giveThroughFront(
        'scan.png',
        'image/png',
        Buffer.concat([png(8, 8), Buffer.alloc(10_500_000)]),
      );
      const scan = await inSight('scan.png');
      await scan.getByText('it is larger than 10 MB').waitFor();
      equal(await map.locator('img').count(), 0);
      equal(await scan.locator('img').count(), 0);
    });

    it('from another host is loaded after a click that names it, and not before', async () => {
      give('cat.png', 'image/png', `https://${strangerHost}/cat.png`);
      const picture = await inSight('cat.png');
      const load = picture.getByRole('button', { name: `Load from ${strangerHost}` });
      await load.waitFor();
      equal(calls, 0, 'nobody has called yet');
      await load.click();
      await picture.getByText(/cannot be reached|broke/).waitFor();
      notEqual(calls, 0);
    });

    it('is not followed to another host', async () => {
      const before = calls;
      const headers = { Location: `https://localhost:${strangerHost.split(':')[1] ?? ''}/a` };
      stage.simulator.failNext({ route: 'file', status: 302, headers });
      await stage.chat.button('settings.json').click();
      const { dialog } = stage.workbench;
      await dialog.getByText(/Load settings\.json from localhost:\d+\?/).waitFor();
      await dialog.getByText(/your own network/).waitFor();
      await stage.workbench.pressInDialog('Escape');
      equal(calls, before);
    });
  });

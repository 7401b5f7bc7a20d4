// Files by the picker, from the Explorer, from folders: several at once, in their order, and what
// is said of those that cannot be sent.
import { deepEqual, equal } from 'node:assert/strict';
import { type OpenDialogOptions, Uri, commands } from 'vscode';
import { Desk } from './desk';

describe('attaching files', () => {
  let desk: Desk;
  let asked: OpenDialogOptions[];

  beforeEach(async () => {
    desk = await Desk.open({ maxFileBytes: 1024 * 1024 });
    asked = [];
  });

  afterEach(() => desk.close());

  /** The person chooses these in each picker that opens. */
  function choose(...uris: readonly Uri[]): void {
    desk.replace('showOpenDialog', (options) => {
      asked.push(options ?? {});
      return Promise.resolve([...uris]);
    });
  }

  const names = async (count: number) => (await desk.files(count)).map(({ name }) => name).sort();

  it('takes what is chosen in the picker', async () => {
    choose(await desk.write('a.txt', 'a'), await desk.write('б.txt', 'b'));
    await commands.executeCommand('twin.attachFiles');
    deepEqual(await names(2), ['a.txt', 'б.txt']);
    deepEqual(
      asked.map(({ canSelectMany }) => canSelectMany),
      [true],
    );
  });

  it('takes all that are selected in the Explorer', async () => {
    const uris = [await desk.write('one.txt', '1'), await desk.write('two.txt', '2')];
    await commands.executeCommand('twin.attachFiles', uris[0], uris);
    deepEqual(await names(2), ['one.txt', 'two.txt']);
    deepEqual(asked, []);
  });

  it('asks of a folder which files', async () => {
    const inside = await desk.write('folder/inside.txt', 'x');
    const beside = await desk.write('beside.txt', 'y');
    const folder = Uri.joinPath(desk.folder, 'folder');
    choose(inside);
    await commands.executeCommand('twin.attachFiles', folder, [folder, beside]);
    deepEqual(await names(2), ['beside.txt', 'inside.txt']);
    deepEqual(
      asked.map(({ defaultUri }) => defaultUri?.toString()),
      [folder.toString()],
    );
  });

  it('says of an empty file that it is empty, and takes the others', async () => {
    const uris = [await desk.write('empty.txt', ''), await desk.write('full.txt', 'x')];
    await commands.executeCommand('twin.attachFiles', uris[0], uris);
    await desk.notice('empty.txt is empty');
    deepEqual(await names(1), ['full.txt']);
  });

  it('refuses what is over the limit of the settings before it travels', async () => {
    await desk.set('twin.attachments.maxSizeMB', 1);
    const uri = await desk.write('large.bin', Buffer.alloc(1024 * 1024 + 1));
    await commands.executeCommand('twin.attachFiles', uri);
    const notice = await desk.notice('large.bin is larger than 1 MB');
    deepEqual(notice.buttons, ['Open Settings']);
    deepEqual(desk.simulator.ledger.filesTaken(), []);
  });

  it('says of a file that is gone that it cannot be read', async () => {
    await commands.executeCommand('twin.attachFiles', Uri.joinPath(desk.folder, 'gone.txt'));
    const notice = await desk.notice('gone.txt cannot be read');
    equal(notice.buttons.length, 1);
  });
});

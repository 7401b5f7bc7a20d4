// "Delete All Local Data…" against all that VS Code keeps: the disk of the extension host, and the
// window's own database, where what a webview remembers lies.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

const SAID = 'canary-said-7431';
const DRAFT = 'canary-draft-7431';

/** VS Code and we replace files by renaming new ones: what was listed may be gone. */
function gone(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT') throw error;
  return '';
}

describe('deleting all local data', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openChat();
    await stage.chat.send(SAID);
    await stage.chat.message(SAID, 'bot').waitFor();
    await stage.chat.composer.click();
    await stage.workbench.type(DRAFT);
    let saved: readonly string[] = [];
    while (saved.length === 0) saved = await filesWith(DRAFT);
    await stage.workbench.reload(); // VS Code writes down what it keeps in memory
    await stage.chat.message(SAID, 'bot').waitFor();
  });

  picturesOfFailures(() => stage);

  after(() => stage.close());

  /** Files of VS Code that hold a text, below its data. */
  const filesWith = async (text: string) => {
    const data = path.join(stage.server.dataFolder, 'data');
    const found = await readdir(data, { recursive: true, withFileTypes: true });
    const files = found.filter((it) => it.isFile()).map((it) => path.join(it.parentPath, it.name));
    const held = await Promise.all(
      files.map(async (file) => (await readFile(file).catch(gone)).includes(text)),
    );
    return files.filter((_, index) => held[index]).map((file) => path.relative(data, file));
  };

  /** What the window's databases hold, as one text. */
  const databases = () =>
    stage.workbench.page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => {
            resolve(request.result);
          };
          request.onerror = () => {
            reject(request.error ?? new Error('no database'));
          };
        });
      const texts: string[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const objects = database.transaction(store).objectStore(store);
          const [keys, values] = await Promise.all([
            done(objects.getAllKeys()),
            done(objects.getAll()),
          ]);
          texts.push(JSON.stringify([keys, values]));
        }
        database.close();
      }
      return texts.join('\n');
    });

  const run = () => stage.workbench.runCommand('TWIN: Delete All Local Data…');
  // A view of ours has the name of the first, too: what is looked for is a list.
  const state = /twin\.sessions\W{1,8}\[|twin\.allowedWorkspaceSettings/;

  it('finds what there is to delete', async () => {
    equal((await filesWith(SAID)).length, 1);
    equal((await filesWith(DRAFT)).length, 1);
    ok(state.test(await databases()), 'this test looks in the wrong place');
  });

  it('asks, and deletes nothing without a yes', async () => {
    await run();
    await stage.workbench.answerDialog('Cancel');
    await stage.chat.untilConnection('online');
    equal((await filesWith(SAID)).length, 1);
  });

  it('ends the chat and leaves nothing of it, also after a reload', async () => {
    await run();
    await stage.workbench.answerDialog('Delete Everything');
    await stage.workbench.notification('keeps nothing on this computer any more').waitFor();
    await stage.chat.find('.welcome').waitFor();
    const [session] = stage.simulator.ledger.of('sessionStarted');
    await stage.simulator.ledger.until((it) =>
      it.of('socketDisconnected').some(({ sessionId }) => sessionId === session?.sessionId),
    );
    await stage.workbench.reload();
    await stage.chat.find('.welcome').waitFor();
    deepEqual([await filesWith(SAID), await filesWith(DRAFT)], [[], []]);
    deepEqual(await filesWith(session?.sessionId ?? 'no session'), []);
    let kept = await databases();
    // VS Code writes down what a view keeps when its window goes, if it gets to it, and each minute.
    // There are several of them, each written in its turn.
    while (kept.includes(DRAFT) || kept.includes(SAID) || state.test(kept))
      kept = await databases();
  });
});

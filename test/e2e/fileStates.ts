// The states of files and code on their way out: what the guard asks, what is refused, how uploads go.
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UPLOAD } from './front';
import {
  DIALOG,
  TALK,
  begin,
  languageOf,
  notice,
  run,
  type Scene,
  type ScreenshotState,
} from './scene';
import { VSCODE_WORDS } from './troubleWords';

/** Put together here, so that this file holds none. */
const TOKEN = `ghp_${'k3Yq'.repeat(9)}`;
const MEGABYTE = 1024 * 1024;
const CODE = 'src/orderStatus.ts';
const RECORDING = 'recording-of-the-call.wav';

const closeEditors = ({ workbench }: Scene) => workbench.runCommand('View: Close All Editors');

async function write({ folder }: Scene, name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** A file of so many bytes, open in an editor. */
async function openLarge({ workbench, folder }: Scene, name: string, size: number): Promise<void> {
  await writeFile(path.join(folder, name), 'RIFF');
  await truncate(path.join(folder, name), size);
  await workbench.openFile(name);
}

async function removePending({ chat }: Scene): Promise<void> {
  while ((await chat.pendingAttachments.count()) > 0) {
    const left = await chat.pendingAttachments.count();
    await chat.pendingAttachments.first().getByRole('button').last().click();
    await chat.pendingAttachments.nth(left - 1).waitFor({ state: 'hidden' });
  }
}

async function askAboutActive(scene: Scene): Promise<void> {
  await run(scene, 'attachActiveFile');
  await scene.workbench.dialog.waitFor();
}

export const FILE_STATES: readonly ScreenshotState[] = [
  {
    name: 'guard',
    ...DIALOG,
    async show(scene) {
      await begin(scene);
      const lines = ['PORT=3000', `GITHUB_TOKEN=${TOKEN}`, 'DB_PASSWORD=walnut-EMBER47'];
      await write(scene, '.env', `${lines.join('\n')}\n`);
      await scene.workbench.openFile('.env');
      await scene.chat.composer.fill(TALK[languageOf(scene)].question);
    },
    open: askAboutActive,
    restore: ({ chat }) => chat.composer.fill(''),
  },
  {
    name: 'guardSeveral',
    ...DIALOG,
    show: begin,
    async open(scene) {
      const files = [
        await write(scene, 'id_ed25519', 'not really\n'),
        await write(scene, 'заметки.txt', `Ключ:\n${TOKEN}\n`),
        await write(scene, 'план.txt', 'План\n'),
      ];
      await scene.workbench.dropFiles(scene.chat.composer, files);
      await scene.workbench.dialog.waitFor();
    },
    async close(scene) {
      await DIALOG.close?.(scene);
      await scene.chat.pendingAttachments.first().waitFor(); // the one that is in no doubt
      await removePending(scene);
    },
  },
  {
    name: 'guardMessage',
    ...DIALOG,
    show: begin,
    async open({ workbench, chat }) {
      await chat.composer.fill(`curl -H 'Authorization: Bearer ${TOKEN}' https://api.github.com`);
      await chat.composer.press('Enter');
      await workbench.dialog.waitFor();
    },
    async close(scene) {
      await DIALOG.close?.(scene);
      // It comes back into the composer.
      const name = VSCODE_WORDS[languageOf(scene)].send;
      await scene.chat.body.getByRole('button', { name, exact: true, disabled: false }).waitFor();
    },
    restore: ({ chat }) => chat.composer.fill(''),
  },
  {
    name: 'guardIgnored',
    ...DIALOG,
    async show(scene) {
      await begin(scene);
      await write(scene, '.gitignore', 'build/\n');
      await write(scene, 'build/app.js', 'run();\n');
      await scene.workbench.openFile('build/app.js');
    },
    open: askAboutActive,
    restore: ({ folder }) => rm(path.join(folder, '.gitignore')),
  },
  {
    name: 'guardKeepsHere',
    ...notice('.twinignore', (scene) => run(scene, 'sendActiveFile')),
    async show(scene) {
      await begin(scene);
      await write(scene, '.twinignore', 'README.*\n');
      await scene.workbench.openFile('README.md');
    },
    restore: ({ folder }) => rm(path.join(folder, '.twinignore')),
  },
  {
    name: 'nothingOpen',
    ...notice('TWIN Chat', (scene) => run(scene, 'attachActiveFile')),
    async show(scene) {
      await begin(scene);
      await closeEditors(scene);
    },
  },
  {
    name: 'nothingSelected',
    ...notice(CODE, (scene) => run(scene, 'sendSelection')),
    async show(scene) {
      await begin(scene);
      await scene.workbench.openFile(CODE);
    },
  },
  {
    name: 'noRepository',
    ...notice(CODE, (scene) => run(scene, 'sendDiff')),
    async show(scene) {
      await begin(scene);
      await scene.workbench.openFile(CODE);
    },
  },
  {
    name: 'fileEmpty',
    ...notice('empty.txt', (scene) => run(scene, 'attachActiveFile')),
    async show(scene) {
      await begin(scene);
      await write(scene, 'empty.txt', '');
      await scene.workbench.openFile('empty.txt');
    },
  },
  {
    name: 'fileTooLarge',
    ...notice('video.wav', (scene) => run(scene, 'attachActiveFile')),
    async show(scene) {
      await begin(scene);
      await openLarge(scene, 'video.wav', 26 * MEGABYTE);
    },
  },
  {
    name: 'folderAsks',
    whole: true,
    show: begin,
    async open(scene) {
      const { workbench } = scene;
      await workbench.runCommand('View: Show Explorer');
      const folder = workbench.page.locator('.explorer-folders-view .monaco-list-row', {
        hasText: 'src',
      });
      await workbench.menu.take(folder.first(), VSCODE_WORDS[languageOf(scene)].attachFiles);
      await workbench.quickInput.waitFor();
    },
    async close(scene) {
      await scene.workbench.page.keyboard.press('Escape');
      await scene.workbench.quickInput.waitFor({ state: 'hidden' });
      await run(scene, 'startChat');
      await scene.chat.composer.waitFor();
    },
  },
  {
    name: 'attachment',
    async show(scene) {
      const { workbench, chat, api } = scene;
      await begin(scene);
      await workbench.openFile('Заметки о боте.md');
      await run(scene, 'attachActiveFile');
      await chat.find('[data-part="pending-attachment"][data-state="ready"]').waitFor();
      api.holds = UPLOAD;
      await openLarge(scene, RECORDING, 12_000_000);
      await run(scene, 'attachActiveFile');
      await chat.pendingAttachments.nth(1).waitFor();
      await chat.composer.fill(TALK[languageOf(scene)].question);
    },
    restore: async (scene) => {
      scene.api.holds = null;
      await scene.chat.composer.fill('');
      await removePending(scene);
    },
  },
  {
    name: 'uploadLong',
    whole: true,
    async show(scene) {
      await begin(scene);
      scene.api.holds = UPLOAD;
      await openLarge(scene, RECORDING, 12_000_000);
      await run(scene, 'attachActiveFile');
      await scene.workbench.notification(RECORDING).waitFor();
    },
    restore: async (scene) => {
      scene.api.holds = null;
      await removePending(scene);
      await scene.workbench.notification(RECORDING).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'uploadFailed',
    async show(scene) {
      const { workbench, chat, simulator } = scene;
      await begin(scene);
      const failed = chat.find('[data-part="pending-attachment"][data-state="failed"]');
      simulator.failNext({ route: 'upload', status: 500, body: '<html>oops</html>' });
      await workbench.openFile('Заметки о боте.md');
      await run(scene, 'attachActiveFile');
      await failed.waitFor();
      simulator.failNext({ route: 'upload', status: 413 });
      await openLarge(scene, 'archive.wav', 14 * MEGABYTE);
      await run(scene, 'attachActiveFile');
      await failed.nth(1).waitFor();
      await openLarge(scene, 'whole-archive.wav', 15 * MEGABYTE);
      await run(scene, 'attachActiveFile');
      await failed.nth(2).waitFor();
    },
    restore: removePending,
  },
];

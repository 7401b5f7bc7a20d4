// Opens VS Code with the extension on a sample folder and begins the demo chat in it, by a small
// extension beside it (opener/): in a desktop VS Code where there is one, else in VS Code's server,
// whose address it prints. Runs until Ctrl+C; what it made is gone afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { launchBrowser } from './browser';
import { Chat } from './chat';
import { findCode } from './findCode.mjs';
import { quietSettings } from './quietSettings';
import { root } from './root';
import { type PageAddress, VsCodeServer } from './vsCodeServer';
import { Workbench } from './workbench';

const OPENER = path.join(root, 'test/vscode/opener');

/** Resolves when the person has had enough. */
async function interrupted(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
}

/** Opens a desktop VS Code with a profile of its own; resolves when its window is closed. */
async function runDesktop(code: string, place: string, folder: string): Promise<void> {
  const user = path.join(place, 'profile', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify(quietSettings));
  const args = [
    folder,
    ...[root, OPENER].map((extension) => `--extensionDevelopmentPath=${extension}`),
    `--user-data-dir=${path.join(place, 'profile')}`,
    `--extensions-dir=${path.join(place, 'extensions')}`,
    '--new-window',
    '--wait',
  ];
  console.log('The chat opens in VS Code. Close its window, or press Ctrl+C here, to end.');
  const shell = process.platform === 'win32';
  const child = spawn(shell ? `"${code}"` : code, args, { stdio: 'ignore', shell });
  await Promise.race([once(child, 'exit'), interrupted()]);
  child.kill();
}

/** Shows a page in the person's browser, where there is a display. */
function openInBrowser(url: string): ChildProcess | undefined {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!DISPLAY && !WAYLAND_DISPLAY) {
    return undefined;
  }
  // Whoever has no such program still has the address.
  return spawn('xdg-open', [url], { stdio: 'ignore' }).on('error', () => undefined);
}

/** Looks at the demo as a person would: the greeting is there, and a word is answered. */
async function look(server: VsCodeServer, address: PageAddress): Promise<void> {
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open(browser, server, address);
    const chat = new Chat(workbench);
    await chat.messages('bot').first().waitFor();
    console.log(`The bot greets: ${(await chat.messages('bot').first().innerText()).trim()}`);
    await chat.send('Привет, TWIN');
    await chat.message('Привет, TWIN', 'bot').waitFor();
    console.log('The bot answers.');
  } finally {
    await browser.close();
  }
}

async function runServer(folder: string): Promise<void> {
  const server = await VsCodeServer.start({ version: 'recent', extensions: [OPENER] });
  try {
    const address = { folder, developmentExtension: root };
    console.log(`VS Code with the chat: ${server.url(address)}`);
    if (process.argv.includes('--check')) {
      await look(server, address);
      return;
    }
    console.log('Open it in a browser. Ctrl+C ends it.');
    openInBrowser(server.url(address));
    await interrupted();
  } finally {
    await server.dispose();
  }
}

async function main(): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), 'twin-start-'));
  const folder = path.join(place, 'sample');
  await cp(path.join(root, 'test/vscode/sample'), folder, { recursive: true });
  try {
    const code = findCode();
    if (process.platform === 'linux' && (code === undefined || process.argv.includes('--check'))) {
      await runServer(folder);
    } else {
      await runDesktop(code ?? (await downloadAndUnzipVSCode('stable')), place, folder);
    }
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

#!/usr/bin/env node
// Stands in for the `code` program where a desktop VS Code cannot be had: takes the arguments with
// which @vscode/test-electron starts it, runs the test module inside the real extension host of
// VS Code's server, and ends with the suite's exit code. Which server: the variable TWIN_VSCODE.
import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser';
import { isVersionName } from './servers.mjs';
import { SUITE_MARK } from './suiteMark';
import { type PageAddress, VsCodeServer } from './vsCodeServer';
import { Workbench } from './workbench';

/** How VS Code begins a line of the extension host in the page's console: level and colour. */
const CONSOLE_PREFIX = /^%c *[A-Z]+ color: \S+ /;
/** How many lines of the console are shown when the suite ends badly without a word. */
const KEPT_LINES = 40;

interface Arguments extends PageAddress {
  /** The folder whose folders are extensions. */
  readonly extensions: string;
}

function parse(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const [folder] = positionals;
  const { extensionDevelopmentPath: developmentExtension, extensionTestsPath: testModule } = values;
  const extensions = values['extensions-dir'];
  if (
    folder === undefined ||
    typeof developmentExtension !== 'string' ||
    typeof testModule !== 'string' ||
    typeof extensions !== 'string'
  ) {
    throw new Error(
      'a folder, --extensionDevelopmentPath, --extensionTestsPath and --extensions-dir are needed',
    );
  }
  return { folder, developmentExtension, testModule, extensions };
}

/** Passes on what the suite prints; VS Code prints much else to the same console. */
class SuiteOutput {
  private readonly others: string[] = [];
  private printed = false;

  take(consoleText: string): void {
    const text = consoleText.replace(CONSOLE_PREFIX, '');
    if (text.startsWith(SUITE_MARK)) {
      this.printed = true;
      console.log(text.slice(SUITE_MARK.length));
    } else {
      this.others.push(text);
    }
  }

  /** Shows VS Code's own words if the suite never had one: it was not found, or did not load. */
  explain(exitCode: number): void {
    if (exitCode !== 0 && !this.printed) {
      console.log(this.others.slice(-KEPT_LINES).join('\n'));
    }
  }
}

/** Runs the suite in a window of its own. Returns its exit code. */
async function runIn(server: VsCodeServer, address: PageAddress): Promise<number> {
  const browser = await launchBrowser({ shell: true });
  const output = new SuiteOutput();
  const suite = new EventEmitter();
  const end = once(suite, 'end');
  try {
    await Workbench.open(browser, server, address, {
      prepare: async (page) => {
        page.on('console', (message) => {
          output.take(message.text());
        });
        page.on('crash', () => suite.emit('error', new Error("VS Code's page crashed")));
        // VS Code calls this with the exit code when the suite is over.
        await page.exposeFunction('codeAutomationExit', (code: number) => suite.emit('end', code));
      },
    });
    const [code] = (await end) as [number];
    output.explain(code);
    return code;
  } finally {
    await browser.close();
  }
}

async function main(): Promise<void> {
  const version = process.env['TWIN_VSCODE'];
  if (!isVersionName(version)) {
    throw new Error('TWIN_VSCODE names no version');
  }
  const { extensions, ...address } = parse(process.argv.slice(2));
  const names = await readdir(extensions);
  const server = await VsCodeServer.start({
    version,
    extensions: names.map((name) => path.join(extensions, name)),
  });
  try {
    process.exitCode = await runIn(server, address);
  } finally {
    await server.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

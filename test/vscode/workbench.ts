// VS Code's window as a person sees it: what tests, screenshots and the demo do with it.
import path from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { ContextMenu } from './contextMenu';
import type { PageAddress, VsCodeServer } from './vsCodeServer';

export interface WindowOptions {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Called with the empty page, before VS Code is loaded into it. */
  readonly prepare?: ((page: Page) => Promise<void>) | undefined;
}

/** The longest that VS Code may take to show its window, or to do what it was asked for. */
const PATIENCE_MS = 60_000;
/** How long a list may take to show its rows before it is asked again. */
const ROW_PATIENCE_MS = 2_000;
/** How long a row may take to be clicked before the list is taken for gone. */
const CLICK_PATIENCE_MS = 20_000;

/** The Shift key and the way to drop, in the words of Chromium's protocol. */
const SHIFT = 8;
const COPY = 1;

const QUICK_PICK_ROW = '.quick-input-list .monaco-list-row';

/** A CSS string for any text. */
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export class Workbench {
  readonly menu: ContextMenu;

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly folder: string,
  ) {
    this.menu = new ContextMenu(page);
  }

  /** Opens a window on a folder; the workbench is drawn when this returns. */
  static async open(
    browser: Browser,
    server: VsCodeServer,
    address: PageAddress,
    { width = 1280, height = 800, prepare }: WindowOptions = {},
  ): Promise<Workbench> {
    const language = server.options.language ?? 'en';
    const context = await browser.newContext({
      viewport: { width, height },
      locale: language,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addCookies([{ name: 'vscode.nls.locale', value: language, url: server.origin }]);
    const workbench = new Workbench(context, await context.newPage(), address.folder);
    await prepare?.(workbench.page);
    await workbench.page.goto(server.url(address));
    await workbench.untilDrawn();
    return workbench;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Reloads the window, with a new extension host. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilDrawn();
  }

  /** Runs a command of the palette by its whole title, such as "TWIN: Start Chat". */
  async runCommand(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, this.quickPickRow(title));
  }

  /** Opens a file by its path below the folder. */
  async openFile(file: string): Promise<void> {
    const name = path.posix.basename(file);
    // A whole path is found without a search, for which a server may lack its program.
    const row = this.page.locator(`${QUICK_PICK_ROW}[aria-label^=${quoted(name)}]`).first();
    await this.pick('ControlOrMeta+P', path.posix.join(this.folder, file), row);
    await this.page.locator(`.tab.active[data-resource-name=${quoted(name)}]`).waitFor();
  }

  /** Waits until what is typed goes into the text of the editor in front. */
  async untilEditing(): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** Opens a view of the activity bar by its title. */
  async openView(title: string): Promise<void> {
    await this.page.locator('.part.activitybar').getByRole('tab', { name: title }).click();
  }

  /** Changes the colours, by the name that VS Code's list of themes gives. */
  async setTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const row = this.quickPickRow(name);
    await this.quickInput.fill(name);
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /** The quick pick or input box that is open, for what a command asks. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input:visible');
  }

  /** Answers the input box that shows such a prompt. */
  async answer(prompt: string, text: string): Promise<void> {
    await this.page.locator('.quick-input-message', { hasText: prompt }).waitFor();
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** A row of the quick pick that is open, by the beginning of its label. */
  quickPickRow(label: string): Locator {
    const whole = `${QUICK_PICK_ROW}[aria-label=${quoted(label)}]`;
    const beginning = `${QUICK_PICK_ROW}[aria-label^=${quoted(`${label}, `)}]`;
    return this.page.locator(`${whole}, ${beginning}`).first();
  }

  /**
   * The content of an extension's webview: the first one, if it shows several, or the one beside the
   * side bar. It is found anew each time, so that it survives the view's being hidden and drawn again.
   */
  webview(extensionId: string, place: 'first' | 'tab' = 'first'): FrameLocator {
    const its = place === 'tab' ? ':right-of(.part.sidebar)' : '';
    return this.page
      .frameLocator(`iframe.webview[src*=${quoted(`extensionId=${extensionId}&`)}]${its} >> nth=0`)
      .frameLocator('iframe#active-frame');
  }

  /** Drops files on something as another program does, with Shift held down. */
  async dropFiles(on: Locator, files: readonly string[]): Promise<void> {
    const box = await on.boundingBox();
    if (box === null) throw new Error('what should be dropped on is not on the screen');
    const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const browser = await this.context.newCDPSession(this.page);
    const data = { items: [], files: [...files], dragOperationsMask: COPY };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await browser.send('Input.dispatchDragEvent', { type, ...place, data, modifiers: SHIFT });
    await browser.detach();
  }

  /** A notification in the corner that holds a text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  /** Closes a notification; returns when it is gone. */
  async dismiss(notification: Locator): Promise<void> {
    await notification.hover();
    await notification.locator('.codicon-notifications-clear').click();
    await notification.waitFor({ state: 'hidden' });
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Selects the first lines of the active editor. */
  async selectLines(count: number): Promise<void> {
    await this.page.locator('.editor-group-container.active .view-line').first().click();
    await this.page.keyboard.press('ControlOrMeta+Home');
    for (let line = 0; line < count; line++) await this.page.keyboard.press('Shift+ArrowDown');
  }

  /** The modal dialog that is open. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Answers the modal dialog that is open with a button; returns when it is gone. */
  async answerDialog(button: string | RegExp): Promise<void> {
    const name = typeof button === 'string' ? { name: button, exact: true } : { name: button };
    await this.dialog.getByRole('button', name).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Presses a key in the modal dialog that is open, once it has the focus; returns when it is gone. */
  async pressInDialog(key: string): Promise<void> {
    await this.dialog.locator(':focus').waitFor();
    await this.page.keyboard.press(key);
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Answers VS Code's question whether the folder's authors are trusted. */
  async answerTrust(trusted: boolean): Promise<void> {
    await this.answerDialog(trusted ? /^Yes, I trust/ : /^No, I don't trust/);
  }

  async setWindowSize(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height });
  }

  /** Drags the side bar's edge until it is that many CSS pixels wide. */
  async setSideBarWidth(width: number): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    const box = await sideBar.boundingBox();
    if (box === null) {
      throw new Error('no side bar is shown');
    }
    const middle = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, middle, { steps: 5 });
    await this.page.mouse.up();
    // Off the edge, which lights up, and off all that shows something of its own below a mouse.
    await this.page.mouse.move(box.x + width + 100, middle);
    const now = await sideBar.boundingBox();
    if (now === null || Math.abs(now.width - width) > 2) {
      throw new Error(`the side bar is ${now?.width} px wide instead of ${width}`);
    }
  }

  /** Writes a PNG of the whole window, or of one part of it such as `.part.sidebar`. */
  async screenshot(file: string, part?: string): Promise<void> {
    const what = part === undefined ? this.page : this.page.locator(part);
    await what.screenshot({ path: file, animations: 'disabled' });
  }

  private async untilDrawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** Opens a quick pick by a key, filters it and takes a row. */
  private async pick(key: string, filter: string, row: Locator): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await this.quickInput.fill(filter, { timeout: ROW_PATIENCE_MS });
        await row.waitFor({ timeout: ROW_PATIENCE_MS });
        // A click that is late is none that failed: the command must not run twice.
        await row.click({ timeout: CLICK_PATIENCE_MS });
        break;
      } catch (error) {
        if (performance.now() > deadline) {
          throw new Error(`no “${filter}” in the list of ${key}`, { cause: error });
        }
        // The extensions are read after the window is drawn, and the list goes away when something
        // else takes the focus: ask again.
        await this.page.keyboard.press('Escape');
      }
    }
    // What the command asks comes in the same box.
    await row.waitFor({ state: 'hidden' });
  }
}

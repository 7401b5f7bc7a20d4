import type { Locator, Page } from 'playwright-core';

/** How long a menu may take to go once an item was taken, before it is clicked again. */
const GOING_PATIENCE_MS = 1_000;
/** How long an item may take to be clicked before the menu is taken for gone. */
const CLICK_PATIENCE_MS = 10_000;

/** VS Code's context menu: one is open at a time. */
export class ContextMenu {
  constructor(private readonly page: Page) {}

  /** An item of the context menu that is open. */
  item(name: string): Locator {
    return this.page.getByRole('menuitem', { name });
  }

  /** Right click, and a click on an item. */
  async take(of: Locator, name: string): Promise<void> {
    do await this.open(of, name);
    while (!(await this.takeItem(name)));
  }

  /** Right click; returns when the menu shows an item. */
  async open(of: Locator, name: string): Promise<void> {
    await of.click({ button: 'right' });
    await this.item(name).waitFor();
  }

  async close(name: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.item(name).waitFor({ state: 'hidden' });
  }

  /**
   * Takes an item of the menu that is open. VS Code takes no click in a menu's first moments.
   *
   * @returns false when the menu was gone before: something else took the focus
   */
  async takeItem(name: string): Promise<boolean> {
    const item = this.item(name);
    let taken = false;
    while (await item.isVisible()) {
      taken = (await did(item.click({ timeout: CLICK_PATIENCE_MS }))) || taken;
      await did(item.waitFor({ state: 'hidden', timeout: GOING_PATIENCE_MS }));
    }
    return taken;
  }

  /** Opens the context menu of what has the focus, and goes to an item: the arrows lead to it. */
  async takeByKeys(name: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    await this.item(name).waitFor();
    while ((await this.focusedText()) !== name) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
  }

  /** The text of what has the focus; VS Code keeps its menus in shadow trees. */
  private focusedText(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent.trim();
    });
  }
}

/** Whether it could be done in its time. */
function did(doing: Promise<void>): Promise<boolean> {
  return doing.then(
    () => true,
    () => false,
  );
}

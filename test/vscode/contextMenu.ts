import type { Locator, Page } from 'playwright-core';

/** How long a menu may take to go once an item was taken, before it is clicked again. */
const MENU_PATIENCE_MS = 1_000;

/** VS Code's context menu: one is open at a time. */
export class ContextMenu {
  constructor(private readonly page: Page) {}

  /** An item of the context menu that is open. */
  item(name: string): Locator {
    return this.page.getByRole('menuitem', { name });
  }

  /** Right click, and a click on an item. */
  async take(of: Locator, name: string): Promise<void> {
    await this.open(of, name);
    await this.takeItem(name);
  }

  /**
   * Right click; returns when the menu shows an item. It goes when something else takes the focus: wait
   * for that before.
   */
  async open(of: Locator, name: string): Promise<void> {
    await of.click({ button: 'right' });
    await this.item(name).waitFor();
  }

  async close(name: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.item(name).waitFor({ state: 'hidden' });
  }

  /** Takes an item of the menu that is open. VS Code takes no click in a menu's first moments. */
  async takeItem(name: string): Promise<void> {
    const item = this.item(name);
    while (await item.isVisible()) {
      await item.click({ timeout: MENU_PATIENCE_MS }).catch(() => undefined); // it may be gone
      await item.waitFor({ state: 'hidden', timeout: MENU_PATIENCE_MS }).catch(() => undefined);
    }
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

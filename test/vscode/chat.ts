// The chat as a person sees it, by the roles and attributes that the product promises.
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench';

const EXTENSION_ID = 'twin-chat.twin-chat';

export type Author = 'client' | 'bot' | 'operator' | 'system';

export class Chat {
  private readonly frame: FrameLocator;

  /** The chat of a window, wherever in it the view stands; or that of a tab. */
  constructor(workbench: Workbench, place?: 'tab') {
    this.frame = workbench.webview(EXTENSION_ID, place);
  }

  /** Everything inside the webview. */
  get body(): Locator {
    return this.frame.locator('body');
  }

  /** Anything inside the webview, by a CSS selector. */
  find(selector: string): Locator {
    return this.frame.locator(selector);
  }

  get conversation(): Locator {
    return this.frame.getByRole('log');
  }

  get connection(): Locator {
    return this.frame.locator('[role="status"][data-connection]');
  }

  /** The composer; the only textbox with a name that holds "Message" in the English interface. */
  get composer(): Locator {
    return this.frame.getByRole('textbox').last();
  }

  get sendButton(): Locator {
    return this.button('Send');
  }

  get pendingAttachments(): Locator {
    return this.frame.locator('[data-part="pending-attachment"]');
  }

  get typing(): Locator {
    return this.frame.locator('[data-part="typing"]');
  }

  /** Messages in their order, of one author or of all. */
  messages(author?: Author): Locator {
    const whose = author === undefined ? '' : `[data-author="${author}"]`;
    return this.conversation.locator(`[role="article"]${whose}`);
  }

  /** The message whose text holds `text`; the last one, if several do. */
  message(text: string | RegExp, author?: Author): Locator {
    return this.messages(author).filter({ hasText: text }).last();
  }

  /** An answer of the last message that offers it. */
  answer(text: string): Locator {
    return this.frame
      .getByRole('group')
      .getByRole('button', { name: text, exact: true })
      .and(this.frame.locator(':enabled'))
      .last();
  }

  /** A button by its whole name. */
  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Waits until the connection is in one of the states. */
  async untilConnection(...states: readonly string[]): Promise<void> {
    const any = states.map((state) => `[role="status"][data-connection="${state}"]`).join(', ');
    await this.frame.locator(any).first().waitFor({ state: 'attached' });
  }

  /** Waits until what is typed goes into the composer: commands that lead to the chat end so. */
  async untilWriting(): Promise<void> {
    await this.frame.locator('textarea:focus').waitFor();
  }

  /** Waits until the composer holds a text: a frame after the view has it. The test's time is the bound. */
  async untilWritten(text: string): Promise<void> {
    while ((await this.composer.inputValue()) !== text);
  }

  /** Types a text as a person does, and sends it with Enter. */
  async send(text: string): Promise<void> {
    await this.composer.click();
    await this.composer.pressSequentially(text);
    await this.composer.press('Enter');
  }
}

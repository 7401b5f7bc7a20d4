// Finding, and copying out of VS Code's own context menu, by mouse and keyboard in a real window:
// which keys the workbench takes is not ours to say.
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

const GREETING = 'Hello! I am the TWIN echo bot';

describe('finding and copying', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openChat();
  });

  picturesOfFailures(() => stage);

  after(() => stage.close());

  const bar = () => stage.chat.find('[data-part="find"]');
  /** Until what is typed goes into the bar. */
  const untilFinding = () => stage.chat.find('.find-input:focus').waitFor();
  const greeting = () => stage.chat.message(GREETING, 'bot').locator('[data-part="body"]');
  const press = (key: string) => stage.workbench.page.keyboard.press(key);

  /** Pastes into the composer what was copied, and takes it out again, until it is what was asked for. */
  const untilCopied = async (expected: RegExp) => {
    let text: string;
    do {
      await stage.chat.composer.click();
      await press('ControlOrMeta+A');
      await press('ControlOrMeta+V');
      text = await stage.chat.composer.inputValue();
      await press('ControlOrMeta+A');
      await press('Delete');
    } while (!expected.test(text));
  };

  it('opens with Ctrl+F in the chat, and gives the focus back', async () => {
    await stage.chat.composer.click();
    await press('ControlOrMeta+F');
    await untilFinding();
    await stage.workbench.type('echo');
    await bar().getByText('1 of').waitFor();
    await press('F3');
    await press('Escape');
    await bar().waitFor({ state: 'hidden' });
    await stage.chat.untilWriting();
    await stage.workbench.type('draft');
    await stage.chat.untilWritten('draft');
    await press('ControlOrMeta+A');
    await press('Delete');
  });

  it('opens with Ctrl+F from the view’s frame, and by its command', async () => {
    const frame = stage.workbench.page.locator('.part.sidebar .composite.title .action-label');
    await frame.first().focus();
    await press('ControlOrMeta+F');
    await untilFinding();
    await press('Escape');
    await bar().waitFor({ state: 'hidden' });
    await stage.workbench.runCommand('TWIN: Find in Chat');
    await untilFinding();
    await stage.workbench.type('nowhere to be found');
    await bar().getByText('No results').waitFor();
    await press('Escape');
    await bar().waitFor({ state: 'hidden' });
  });

  it('copies a message by right click', async () => {
    await stage.workbench.menu.take(greeting(), 'Copy Message as Text');
    await untilCopied(new RegExp(`^${GREETING}`));
  });

  it('copies a message by keyboard', async () => {
    await stage.chat.message(GREETING, 'bot').focus();
    await stage.workbench.menu.takeByKeys('Copy Message as JSON');
    await untilCopied(new RegExp(`^\\{[^]*${GREETING}`));
  });

  it('copies the conversation, and opens it as text', async () => {
    await stage.workbench.runCommand('TWIN: Copy Conversation as Markdown');
    await untilCopied(/^# TWIN Chat: conversation/);
    await stage.workbench.menu.take(greeting(), 'Open Transcript as Text');
    const { page } = stage.workbench;
    await page.locator('.tab.active[data-resource-name="Conversation.txt"]').waitFor();
    await page.locator('.view-line', { hasText: GREETING }).waitFor();
  });
});

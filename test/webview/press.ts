import type { Intent } from '../../src/shared/intent';
import type { ViewPage } from './viewPage';

/** Presses a button, and waits for what it tells the host. */
export async function press(view: ViewPage, name: string, type: Intent['type']): Promise<void> {
  await view.button(name).click();
  await view.waitForIntent(type);
}

import type * as vscode from 'vscode';
import type { Language } from '../../shared/texts';
import type { Simulator } from '../../simulator/simulator';

/** The demo bot's chat on the simulator. */
export const DEMO_CHAT_ID = 'echo';
/** How long the demo bot "types", ms: a person should see that somebody answers. */
const DEMO_PACE = 700;

/** The built-in simulator, loaded and started with the first demo chat, gone with the extension. */
export class DemoServer implements vscode.Disposable {
  private starting: Promise<Simulator> | null = null;

  /** The address of the running simulator; starts it when there is none. */
  async url(language: Language): Promise<string> {
    this.starting ??= import('../../simulator/simulator').then(({ startSimulator }) =>
      startSimulator({ bot: DEMO_CHAT_ID, language, pace: DEMO_PACE }),
    );
    return (await this.starting).url;
  }

  dispose(): void {
    void this.starting?.then((simulator) => simulator.close());
  }
}

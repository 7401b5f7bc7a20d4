import type * as vscode from 'vscode';
import type { Language } from '../../shared/texts';
import type { Simulator } from '../../simulator/simulator';

/** The demo bot's chat on the simulator. */
export const DEMO_CHAT_ID = 'echo';
/** How long the demo bot "types", ms: a person should see that somebody answers. */
const DEMO_PACE = 700;

type Start = (language: Language) => Promise<Pick<Simulator, 'url' | 'close'>>;

const startDemo: Start = async (language) => {
  const { startSimulator } = await import('../../simulator/simulator');
  return startSimulator({ bot: DEMO_CHAT_ID, language, pace: DEMO_PACE });
};

/**
 * The built-in simulator: loaded and started with the first demo chat in a language, gone with the
 * extension. A chat that has begun goes on with the bot that it began with.
 */
export class DemoServer implements vscode.Disposable {
  private readonly running = new Map<Language, ReturnType<Start>>();

  constructor(private readonly start: Start = startDemo) {}

  /** The address of the simulator that speaks a language; starts it when it does not run. */
  async url(language: Language): Promise<string> {
    return (await (this.running.get(language) ?? this.startOne(language))).url;
  }

  dispose(): void {
    for (const starting of this.running.values())
      // Whoever asked for one that does not come up is told of it.
      void starting.then(
        (simulator) => simulator.close(),
        () => undefined,
      );
  }

  private startOne(language: Language): ReturnType<Start> {
    const starting = this.start(language);
    this.running.set(language, starting);
    starting.catch(() => this.running.delete(language)); // the next chat tries again
    return starting;
  }
}

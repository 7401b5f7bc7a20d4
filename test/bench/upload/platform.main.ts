// A simulator in a process of its own, so that its memory and its work are not the measured one's.
// Told of faults over the channel to its parent, and ends with it.
import type { Fault } from '../../../src/simulator/fault';
import { startSimulator } from '../../../src/simulator/simulator';

export type PlatformNews =
  | { readonly type: 'listening'; readonly url: string }
  /**
   * A file has come, an upload was cut or refused, or the faults hold from now on. `at`: milliseconds
   * since the epoch.
   */
  | { readonly type: 'file' | 'cut' | 'faults'; readonly at: number };

async function main(): Promise<void> {
  const simulator = await startSimulator({ maxFileBytes: 1024 ** 3 });
  const tell = (news: PlatformNews): void => {
    process.send?.(news);
  };
  process.once('disconnect', () => void simulator.close());
  process.on('message', (faults: readonly Fault[]) => {
    simulator.setFaults(faults);
    tell({ type: 'faults', at: Date.now() });
  });
  let told = 0;
  void simulator.ledger.until(({ entries }) => {
    for (const { kind, at } of entries.slice(told)) {
      const isCut = kind === 'requestRefused' || kind === 'faultPlayed';
      if (isCut || kind === 'fileTaken') tell({ type: isCut ? 'cut' : 'file', at });
    }
    told = entries.length;
    return false;
  });
  tell({ type: 'listening', url: simulator.url });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

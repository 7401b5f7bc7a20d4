// What one waits for in a chat (P2, P3), and what a chat costs that nothing happens in (P8).
import { bench } from './bench';
import { onScreen } from './chat/onScreen';
import { overNetwork } from './chat/overNetwork';

bench('chat', async () => [...(await onScreen()), ...(await overNetwork())]);

// The simulator as a command: `npm run simulator -- --port 8080 --bot echo --language en`.
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BOT_NAMES, isBotName } from './bots/bot';
import { LANGUAGES } from './bots/words';
import type { Fault } from './fault';
import { FAULT_USAGE, parseFault, type FaultFlag } from './parseFault';
import { ARTICLE_CHAT_ID } from './platform';
import { startSimulator, type SimulatorOptions } from './simulator';
import { TcpProxy } from './tcpProxy';

const USAGE = `Usage: npm run simulator -- [--port N] [--bot ${BOT_NAMES.join('|')}] [--language ${LANGUAGES.join('|')}] [--pace MS] [--fault F]… [--seed N]

  --port N      the port on 127.0.0.1; any free one when absent
  --bot NAME    the bot behind the chat id ${ARTICLE_CHAT_ID}; echo when absent
  --language L  the words of the bots; ru when absent
  --pace MS     how long a bot takes for one step, in milliseconds; 500 when absent
  --fault F     what goes wrong; may be given many times
  --seed N      makes the same faults strike at the same calls again; 1 when absent

Faults:
${FAULT_USAGE}`;

/** What the command line asks for. */
interface Wish {
  readonly options: SimulatorOptions;
  readonly faults: readonly FaultFlag[];
}

/** What is wrong with the command line, in words for the person who typed it. */
class UsageError extends Error {}

function readOptions(args: string[]): Wish | 'help' {
  const {
    bot = 'echo',
    language = 'ru',
    port = '0',
    pace = '500',
    seed = '1',
    ...more
  } = parse(args);
  if (more.help) {
    return 'help';
  }
  if (!isBotName(bot)) {
    throw new UsageError(`There is no bot "${bot}". There are: ${BOT_NAMES.join(', ')}.`);
  }
  const known = LANGUAGES.find((name) => name === language);
  if (!known) {
    throw new UsageError(`There is no language "${language}". There are: ${LANGUAGES.join(', ')}.`);
  }
  const options = {
    bot,
    language: known,
    port: wholeNumber('--port', port, 65_535),
    pace: wholeNumber('--pace', pace, 60_000),
    seed: wholeNumber('--seed', seed, 2 ** 31),
  };
  return { options, faults: (more.fault ?? []).map(readFault) };
}

function readFault(text: string): FaultFlag {
  const fault = parseFault(text);
  if (!fault) {
    throw new UsageError(`There is no fault "${text}".`);
  }
  return fault;
}

interface Flags {
  readonly bot?: string | undefined;
  readonly language?: string | undefined;
  readonly port?: string | undefined;
  readonly pace?: string | undefined;
  readonly fault?: string[] | undefined;
  readonly seed?: string | undefined;
  readonly help?: boolean | undefined;
}

function parse(args: string[]): Flags {
  try {
    return parseArgs({
      args,
      options: {
        bot: { type: 'string' },
        language: { type: 'string' },
        port: { type: 'string' },
        pace: { type: 'string' },
        fault: { type: 'string', multiple: true },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value <= most)) {
    throw new UsageError(`${flag} takes a whole number from 0 to ${most}, not "${text}".`);
  }
  return value;
}

/** Starts what is asked for; a line stands in front of the platform where a fault needs one. */
async function start({ options, faults }: Wish): Promise<{ url: string; close(): Promise<void> }> {
  const ofGate: Fault[] = faults.flatMap((flag) => (flag.of === 'gate' ? flag.fault : []));
  const life = faults.find((flag) => flag.of === 'session');
  const all = {
    ...options,
    faults: ofGate,
    ...(life ? { ttlSeconds: life.ttlSeconds } : {}),
  };
  const needsFront =
    faults.some((flag) => flag.of === 'line' || flag.of === 'port') ||
    ofGate.some((fault) => fault.kind === 'drop' && fault.how === 'half-open');
  if (!needsFront) {
    return startSimulator(all);
  }
  const line = faults.find((flag) => flag.of === 'line');
  const front = await TcpProxy.start({
    port: options.port ?? 0,
    wait: (ms, signal) => delay(ms, undefined, { signal }),
    ...(line ? { bytesPerSecond: line.bytesPerSecond } : {}),
  });
  const simulator = await startSimulator({ ...all, port: 0, front });
  front.target = Number(new URL(simulator.url).port);
  const timer = closeNowAndThen(front, faults);
  return {
    url: front.url,
    close: async () => {
      clearInterval(timer);
      await front.close();
      await simulator.close();
    },
  };
}

function closeNowAndThen(
  front: TcpProxy,
  faults: readonly FaultFlag[],
): NodeJS.Timeout | undefined {
  const port = faults.find((flag) => flag.of === 'port');
  if (!port) {
    return undefined;
  }
  return setInterval(() => {
    front.refuse();
    front.drop('reset');
    setTimeout(() => void front.heal(), port.closedFor);
  }, port.openFor + port.closedFor);
}

async function main(): Promise<void> {
  const wish = readOptions(process.argv.slice(2));
  if (wish === 'help') {
    console.log(USAGE);
    return;
  }
  const { options } = wish;
  const simulator = await start(wish);
  console.log(`TWIN simulator: ${simulator.url}`);
  console.log(`Chat ids: ${ARTICLE_CHAT_ID} (${options.bot ?? 'echo'}), ${BOT_NAMES.join(', ')}`);
  console.log('Ctrl+C stops it.');
  const stop = (): void => {
    void simulator.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

/** What went wrong, in one line that says what to do. */
function explain(error: unknown): string {
  if (error instanceof UsageError) {
    return `${error.message}\n\n${USAGE}`;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return 'That port is taken. Choose another, or leave --port out to get a free one.';
  }
  if (code === 'EACCES') {
    return 'That port may not be used without special rights. Choose one above 1023.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});

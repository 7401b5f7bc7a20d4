// The simulator as a command: `npm run simulator -- --port 8080 --bot echo --language en`.
import { parseArgs } from 'node:util';
import { BOT_NAMES, isBotName } from './bots/bot';
import { LANGUAGES } from './bots/words';
import { ARTICLE_CHAT_ID } from './platform';
import { startSimulator, type SimulatorOptions } from './simulator';

const USAGE = `Usage: npm run simulator -- [--port N] [--bot ${BOT_NAMES.join('|')}] [--language ${LANGUAGES.join('|')}] [--pace MS]

  --port N      the port on 127.0.0.1; any free one when absent
  --bot NAME    the bot behind the chat id ${ARTICLE_CHAT_ID}; echo when absent
  --language L  the words of the bots; ru when absent
  --pace MS     how long a bot takes for one step, in milliseconds; 500 when absent`;

/** What is wrong with the command line, in words for the person who typed it. */
class UsageError extends Error {}

function readOptions(args: string[]): SimulatorOptions | 'help' {
  const { bot = 'echo', language = 'ru', port = '0', pace = '500', help } = parse(args);
  if (help) {
    return 'help';
  }
  if (!isBotName(bot)) {
    throw new UsageError(`There is no bot "${bot}". There are: ${BOT_NAMES.join(', ')}.`);
  }
  const known = LANGUAGES.find((name) => name === language);
  if (!known) {
    throw new UsageError(`There is no language "${language}". There are: ${LANGUAGES.join(', ')}.`);
  }
  return {
    bot,
    language: known,
    port: wholeNumber('--port', port, 65_535),
    pace: wholeNumber('--pace', pace, 60_000),
  };
}

interface Flags {
  readonly bot?: string | undefined;
  readonly language?: string | undefined;
  readonly port?: string | undefined;
  readonly pace?: string | undefined;
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

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const simulator = await startSimulator(options);
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

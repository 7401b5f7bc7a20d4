// @ts-check
// Runs Node, in several processes at once where that is wanted, and shows what each has to say one
// after the other. Plain Node: it runs on a fresh clone.
import { spawn } from 'node:child_process';
import { root } from '../vscode/setUp.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const MINUTE_MS = 60_000;
/** How long a process has to end by itself once it is told to. */
const GRACE_MS = 10_000;
/** How long what a process has left behind may keep its output open. */
const OUTPUT_MS = 5_000;

/** A pipe looks like no terminal; whoever has said what he wants gets that. */
const isColored =
  process.stdout.isTTY && !('NO_COLOR' in process.env) && !('FORCE_COLOR' in process.env);
const COLORS = isColored ? { FORCE_COLOR: '1' } : {};

/** Processes that run now; each leads a group of its own, so that all its children end with it. */
const running = /** @type {Set<ChildProcess>} */ (new Set());

/** @typedef {{ stream: NodeJS.WriteStream, chunk: string | Buffer }} Piece */

/** Those that have something to show, in the order in which they began: the first is heard. */
const outputs = /** @type {Output[]} */ ([]);

/** What a process, or several in a row, have to say: at once, or when those before have ended. */
export class Output {
  /** @type {Piece[]} */
  #kept = [];
  #ended = false;

  constructor() {
    outputs.push(this);
  }

  /**
   * @param {string | Buffer} chunk
   * @param {NodeJS.WriteStream} [stream]
   */
  write(chunk, stream = process.stdout) {
    if (outputs[0] === this) stream.write(chunk);
    else this.#kept.push({ stream, chunk });
  }

  end() {
    this.#ended = true;
    let [first] = outputs;
    while (first !== undefined && first.#ended) {
      outputs.shift();
      [first] = outputs;
      if (first !== undefined) first.#show();
    }
  }

  #show() {
    for (const { stream, chunk } of this.#kept.splice(0)) stream.write(chunk);
  }
}

/**
 * Runs Node to its end, or to the end of its time.
 * @param {readonly string[]} args
 * @param {{ minutes: number, output: Output, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<boolean>} Whether it succeeded.
 */
export async function runNode(args, { minutes, output, env }) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['inherit', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...process.env, ...COLORS, ...env },
  });
  running.add(child);
  child.stdout.on('data', (chunk) => output.write(chunk));
  child.stderr.on('data', (chunk) => output.write(chunk, process.stderr));
  const timers = [
    setTimeout(() => {
      output.write(`not over after ${minutes} minutes: ended\n`, process.stderr);
      endProcess(child, 'SIGTERM');
    }, minutes * MINUTE_MS),
    setTimeout(() => endProcess(child, 'SIGKILL'), minutes * MINUTE_MS + GRACE_MS),
  ];
  const succeeded = await new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
  timers.forEach(clearTimeout);
  endProcess(child, 'SIGKILL'); // what it may have left behind
  await Promise.all([child.stdout, child.stderr].map(untilRead));
  running.delete(child);
  return succeeded;
}

/**
 * Until all has come that a process had to say, or something outside its group goes on holding it.
 * @param {import('node:stream').Readable} stream
 */
async function untilRead(stream) {
  const timer = setTimeout(() => stream.destroy(), OUTPUT_MS);
  await new Promise((resolve) => {
    if (stream.closed) resolve(undefined);
    else stream.once('close', resolve);
  });
  clearTimeout(timer);
}

/**
 * Ends all that runs, with its children.
 * @param {NodeJS.Signals} signal
 */
export function endAll(signal) {
  for (const child of running) endProcess(child, signal);
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endProcess({ pid }, signal) {
  if (pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // it has just ended by itself
  }
}

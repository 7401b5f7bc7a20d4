// Inside the extension host: activates half of the empty extensions, TWIN Chat, and the other half,
// and writes how long each took (ms) into the file that the variable TWIN_BENCH_FILE names.
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { extensions } from 'vscode';

const OURS = 'twin-chat.twin-chat';

/** How often it is looked whether the host is free, ms. */
const STEP = 20;
/** So many times in a row: then the start of VS Code and of its own extensions is over. */
const CALM = 50;

async function untilAtRest(): Promise<void> {
  for (let calm = 0; calm < CALM;) {
    const begun = performance.now();
    await setTimeout(STEP);
    calm = performance.now() - begun < 1.5 * STEP ? calm + 1 : 0;
  }
}

/** Loading its code is a part of it. */
async function activation(id: string): Promise<number> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) throw new Error(`${id} cannot be activated`);
  const begun = performance.now();
  await extension.activate();
  return performance.now() - begun;
}

export async function run(): Promise<void> {
  const file = process.env['TWIN_BENCH_FILE'];
  const names = process.env['TWIN_BENCH_EMPTY']?.split(' ');
  if (file === undefined || names === undefined) throw new Error('started without its variables');
  const ids = names.map((name) => `test.${name}`);
  const middle = Math.ceil(ids.length / 2);
  const took: number[] = [];
  await untilAtRest();
  for (const id of [...ids.slice(0, middle), OURS, ...ids.slice(middle)])
    took.push(await activation(id));
  const [ours] = took.splice(middle, 1);
  await writeFile(file, JSON.stringify({ empty: took, ours }));
}

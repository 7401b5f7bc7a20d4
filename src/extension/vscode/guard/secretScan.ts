// Looks a content through piece by piece, so that neither its size nor what is in it holds
// anything up for long.

import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { assignedSecrets } from './assignedSecrets';
import type { Finding, TextFinding } from './finding';
import { librarySecrets } from './librarySecrets';
import { shapedSecrets } from './tokenShapes';

/** So much is looked at in one go, and so much of it again with the next, UTF-16 units. */
const PIECE = 64 * 1024;
/** Longer than any secret. */
const OVERLAP = 16 * 1024;
/** So much of a content is looked at, bytes. */
export const SCANNED_BYTES = 32 * 1024 * 1024;
/** A zero in so many first bytes makes a file binary, as Git has it. */
const BINARY_HEAD = 8000;
/** More of one content are not told of. */
const MOST = 50;

export interface ScanOptions {
  /** Of the file; some secrets are known by where they stand. */
  readonly fileName: string;
  /** Whether to look for secrets of no known shape as well. */
  readonly guess: boolean;
}

/** Finds secrets in a text that comes in parts. */
class TextScan {
  readonly findings: Finding[] = [];
  private readonly known = new Set<string>();
  private pending = '';
  private line = 1;

  constructor(private readonly options: ScanOptions) {}

  async add(text: string): Promise<void> {
    this.pending += text;
    while (this.pending.length >= PIECE + OVERLAP) {
      this.look(this.pending.slice(0, PIECE + OVERLAP));
      this.line += linesIn(this.pending, PIECE);
      this.pending = this.pending.slice(PIECE);
      await setImmediate();
    }
  }

  end(): readonly Finding[] {
    this.look(this.pending);
    return this.findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  private look(piece: string): void {
    for (const { kind, service, index } of secretsIn(piece, this.options)) {
      if (this.findings.length === MOST) return;
      const line = this.line + linesIn(piece, index);
      const key = `${kind} ${service} ${line}`;
      // What is known by its shape need not be told of by its name as well.
      if (this.known.has(key) || (kind === 'password' && this.known.has(`${line}`))) continue;
      this.known.add(key).add(`${line}`);
      this.findings.push({ kind, service, line });
    }
  }
}

/** Everything in a text that looks like a secret. */
export async function scanText(text: string, options: ScanOptions): Promise<readonly Finding[]> {
  const scan = new TextScan(options);
  await scan.add(text);
  return scan.end();
}

/** The same for a file. Of one that is binary nothing is said, nor of what lies past the bound. */
export async function scanBytes(
  chunks: AsyncIterable<Uint8Array>,
  options: ScanOptions,
): Promise<readonly Finding[]> {
  const scan = new TextScan(options);
  let decoder: TextDecoder | null = null;
  let left = SCANNED_BYTES;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    if (decoder === null) break;
    const bytes = chunk.subarray(0, left);
    left -= bytes.length;
    await scan.add(decoder.decode(bytes, { stream: true }));
    if (left === 0) break;
  }
  return scan.end();
}

/** @returns `null` for what is binary */
function decoderFor(head: Uint8Array): TextDecoder | null {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return head.subarray(0, BINARY_HEAD).includes(0) ? null : new TextDecoder();
}

function secretsIn(piece: string, { fileName, guess }: ScanOptions): readonly TextFinding[] {
  return [
    ...librarySecrets(piece, fileName),
    ...shapedSecrets(piece),
    ...(guess ? assignedSecrets(piece, fileName) : []),
  ];
}

/** How many lines end before `index`. */
function linesIn(text: string, index: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1))
    lines += 1;
  return lines;
}

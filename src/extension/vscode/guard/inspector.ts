// What speaks against sending a file or a text. A bundle of its own, loaded when the first one is
// about to leave.

import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import { isGitIgnored } from '../git';
import type { Excerpt } from '../selectionBlock';
import type { Finding } from './finding';
import { ruleAgainst } from './ignoreFiles';
import type { LocalFile, LocalText, Origin } from './outgoing';
import { secretByName } from './secretNames';
import { scanBytes, scanText } from './secretScan';

export { hideSecrets } from './hideSecrets'; // the same patterns, and so the same bundle

const TWIN_IGNORE = '.twinignore';

/** Schemes of documents that show a file, or a part of one, under its path; or will be one there. */
const DERIVED: readonly string[] = ['git', 'vscode-notebook-cell', 'untitled'];

export interface Exclusion {
  /** The ignore file. */
  readonly uri: vscode.Uri;
  readonly pattern: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface Inspection {
  /** The line of a `.twinignore` that keeps it here, whatever the person says. */
  readonly exclusion: Exclusion | null;
  readonly findings: readonly Finding[];
}

export async function inspectFile(file: LocalFile): Promise<Inspection> {
  const { name, origin } = file;
  return inspect(origin, name, async () => {
    if (origin?.excerpts === undefined)
      return scanBytes(file.read(), { fileName: name, guess: true });
    return scanExcerpts(await textOf(file), origin.excerpts, fileName(origin.uri));
  });
}

/** What the person wrote is looked through for secrets of known shapes only: he knows his words. */
export async function inspectText({ text, origin }: LocalText): Promise<Inspection> {
  const name = origin === null ? '' : fileName(origin.uri);
  return inspect(origin, name, () =>
    origin === null
      ? scanText(text, { fileName: name, guess: false })
      : scanExcerpts(text, origin.excerpts ?? [], name),
  );
}

async function inspect(
  origin: Origin | null,
  name: string,
  scan: () => Promise<readonly Finding[]>,
): Promise<Inspection> {
  const uri = origin === null ? null : fileBehind(origin.uri);
  const exclusion = uri === null ? null : await excludedBy(uri, TWIN_IGNORE, '/');
  if (exclusion !== null) return { exclusion, findings: [] };
  const byName = secretByName(uri?.path ?? name) ?? secretByName(name);
  // Of what goes in part the person has seen that part.
  const isWhole = uri !== null && origin?.excerpts === undefined;
  const ignored = isWhole && (await isIgnored(uri));
  const findings = await scan().catch(() => [whole('unread')]);
  return {
    exclusion: null,
    findings: [
      ...(byName === null ? [] : [whole(byName)]),
      ...(ignored ? [whole('gitIgnored')] : []),
      ...findings,
    ],
  };
}

function whole(kind: Finding['kind']): Finding {
  return { kind, service: '', line: null };
}

/** Lines are given as the file counts them. */
async function scanExcerpts(
  text: string,
  excerpts: readonly Excerpt[],
  name: string,
): Promise<readonly Finding[]> {
  const findings = await scanText(text, { fileName: name, guess: true });
  const stretches = placesOf(text, excerpts);
  return findings.map((finding) => {
    const { line } = finding;
    const place = stretches.find(
      ({ first, last }) => line !== null && line >= first && line <= last,
    );
    const moved = line === null || place === undefined ? null : line - place.first + place.inFile;
    return { ...finding, line: moved };
  });
}

interface Place {
  readonly first: number;
  readonly last: number;
  readonly inFile: number;
}

/** Where in a text that quotes a file each stretch of the file stands. */
function placesOf(text: string, excerpts: readonly Excerpt[]): readonly Place[] {
  const lines = (part: string): number => part.split('\n').length - 1;
  let from = 0;
  return excerpts.flatMap((excerpt) => {
    const quoted = excerpt.text.replace(/\r?\n$/, '');
    const at = text.indexOf(quoted, from);
    if (at === -1) return [];
    from = at + quoted.length;
    const first = lines(text.slice(0, at)) + 1;
    return [{ first, last: first + lines(quoted), inFile: excerpt.firstLine }];
  });
}

async function textOf(file: LocalFile): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of file.read()) text += decoder.decode(chunk, { stream: true });
  return text;
}

async function excludedBy(uri: vscode.Uri, name: string, top: string): Promise<Exclusion | null> {
  const at = (path: string): vscode.Uri => uri.with({ path, query: '', fragment: '' });
  const rule = await ruleAgainst(uri.path, name, top, async (path) => {
    try {
      const bytes = await vscode.workspace.fs.readFile(at(path));
      return new TextDecoder().decode(bytes);
    } catch {
      return null; // there is none, which is the rule
    }
  });
  return rule && { ...rule, uri: at(rule.path) };
}

/** Asks Git, which knows of every rule; without it, the `.gitignore` files of the workspace. */
async function isIgnored(uri: vscode.Uri): Promise<boolean> {
  const known = await isGitIgnored(uri);
  if (known !== null) return known;
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
  if (folder === undefined) return false;
  return (await excludedBy(uri, '.gitignore', folder.replace(/\/?$/, '/'))) !== null;
}

/**
 * A cell of a notebook, a file as a commit has it, and one that was never saved obey the rules of the
 * file on the disk.
 */
function fileBehind(uri: vscode.Uri): vscode.Uri {
  if (!DERIVED.includes(uri.scheme)) return uri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const home = folders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`))?.uri;
  const { scheme, authority } = home ?? vscode.Uri.file('/');
  return uri.with({ scheme, authority, query: '', fragment: '' });
}

function fileName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}

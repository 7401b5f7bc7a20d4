// Files of this side, made ready to be sent: text as it stands on the screen, everything else as
// it lies on its file system.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { contentTypeOf, PLAIN_TEXT } from './contentType';
import { FileRefusal } from './fileRefusal';
import type { LocalFile, Origin } from './guard/outgoing';
import { baseName } from './paths';
import { maxAttachmentBytes } from './settings';

/** How much of a file is looked at to tell text from binary, bytes. */
const HEAD = 4096;
/** How much leaves at once, bytes. */
const CHUNK = 1024 * 1024;

/** The document as it stands in its editor: with unsaved changes, or never saved at all. */
export function fileOfDocument(document: vscode.TextDocument): LocalFile {
  const name = document.isUntitled ? untitledName(document) : baseName(document.uri);
  const data = new TextEncoder().encode(document.getText());
  const origin = { uri: document.uri };
  return fileOfBytes({ name, contentType: PLAIN_TEXT, data, unsaved: document.isDirty, origin });
}

/** A file named by its address; one that is open and changed is taken from its editor. */
export async function fileOfUri(uri: vscode.Uri): Promise<LocalFile> {
  const opened = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (opened?.isDirty === true) return fileOfDocument(opened);
  const name = baseName(uri);
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if ((stat.type & vscode.FileType.Directory) !== 0) throw new FileRefusal('folder', name);
    checkSize(name, stat.size);
    if (uri.scheme === 'file') return await fileOnDisk(uri, name, stat.size);
    const data = await vscode.workspace.fs.readFile(uri);
    const contentType = await contentTypeOf(name, data.subarray(0, HEAD));
    return fileOfBytes({ name, contentType, data, unsaved: false, origin: { uri } });
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw new FileRefusal('unreadable', name, 0, error);
  }
}

/** Bytes that came without a file: pasted, or dropped from outside. */
export async function fileOfData(
  name: string,
  statedType: string,
  data: Uint8Array,
): Promise<LocalFile> {
  const contentType = await contentTypeOf(name, data.subarray(0, HEAD), statedType);
  return fileOfBytes({ name, contentType, data, unsaved: false, origin: null });
}

function fileOfBytes(file: {
  name: string;
  contentType: string;
  data: Uint8Array;
  unsaved: boolean;
  origin: Origin | null;
}): LocalFile {
  const { name, contentType, data, unsaved, origin } = file;
  checkSize(name, data.byteLength);
  const size = data.byteLength;
  return { name, contentType, size, unsaved, origin, read: () => chunksOf(data) };
}

/** Streamed, so that a large file is never in memory as a whole. */
async function fileOnDisk(uri: vscode.Uri, name: string, size: number): Promise<LocalFile> {
  const path = uri.fsPath;
  const handle = await open(path, 'r');
  const head = new Uint8Array(Math.min(HEAD, size));
  try {
    await handle.read(head, 0, head.length, 0);
  } finally {
    await handle.close();
  }
  const contentType = await contentTypeOf(name, head);
  // The size was promised to the server: what is written to the file meanwhile stays out.
  const read = (): AsyncIterable<Uint8Array> =>
    createReadStream(path, { end: size - 1, highWaterMark: CHUNK });
  return { name, contentType, size, unsaved: false, origin: { uri }, read };
}

async function* chunksOf(data: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < data.byteLength; offset += CHUNK)
    yield await Promise.resolve(data.subarray(offset, offset + CHUNK));
}

function checkSize(name: string, size: number): void {
  const limit = maxAttachmentBytes();
  if (size === 0) throw new FileRefusal('emptyFile', name);
  if (size > limit) throw new FileRefusal('tooLarge', name, limit);
}

/** An untitled editor has a label such as "Untitled-1": it gets the extension of its language. */
function untitledName(document: vscode.TextDocument): string {
  const label = baseName(document.uri);
  return label.includes('.')
    ? label
    : `${label}.${document.languageId === 'plaintext' ? 'txt' : extensionOf(document.languageId)}`;
}

function extensionOf(languageId: string): string {
  for (const extension of vscode.extensions.all) {
    const languages = declaredLanguages(extension.packageJSON);
    const found = languages.find((language) => language.id === languageId)?.extensions?.[0];
    if (found !== undefined) return found.replace(/^\./, '');
  }
  return 'txt';
}

interface DeclaredLanguage {
  readonly id?: string;
  readonly extensions?: readonly string[];
}

function declaredLanguages(manifest: unknown): readonly DeclaredLanguage[] {
  const contributes = (manifest as { contributes?: { languages?: unknown } }).contributes;
  return Array.isArray(contributes?.languages) ? (contributes.languages as DeclaredLanguage[]) : [];
}

// Files of this side, made ready to be sent: as they stand on the screen where they are open and
// changed, else as they lie on their file system.

import * as vscode from 'vscode';
import { contentTypeOf, PLAIN_TEXT } from './contentType';
import { documentName } from './documentName';
import { openFileOnDisk } from './fileOnDisk';
import { FileRefusal } from './fileRefusal';
import type { LocalFile } from './guard/outgoing';
import { notebookJson } from './notebookJson';
import { baseName } from './paths';
import { maxAttachmentBytes } from './settings';

/** How much of a file is looked at to tell what it holds, bytes. */
const HEAD = 4100;
/** How much leaves at once, bytes. */
const CHUNK = 1024 * 1024;

/** The document as it stands in its editor: with unsaved changes, or never saved at all. */
export function fileOfDocument(document: vscode.TextDocument): LocalFile {
  const { uri, isDirty: unsaved } = document;
  return fileOfText(documentName(document), document.getText(), { unsaved, origin: { uri } });
}

/**
 * A text as a file of its own.
 *
 * @throws FileRefusal
 */
export function fileOfText(
  name: string,
  text: string,
  from: Pick<LocalFile, 'unsaved' | 'origin'>,
): LocalFile {
  const data = new TextEncoder().encode(text);
  return fileOfBytes({ name, contentType: PLAIN_TEXT, data, ...from });
}

/**
 * A file named by its address, of whatever scheme.
 *
 * @throws FileRefusal
 */
export async function fileOfUri(uri: vscode.Uri): Promise<LocalFile> {
  const notebook = opened(vscode.workspace.notebookDocuments, uri);
  if (notebook?.isDirty === true || notebook?.isUntitled === true) {
    const file = await fileOfNotebook(notebook);
    if (file !== null) return file;
  }
  const document = opened(vscode.workspace.textDocuments, uri);
  if (document?.isDirty === true) return fileOfDocument(document);
  try {
    return await storedFile(uri);
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    // A document that no file system holds: it was never saved, or some extension makes its text up.
    if (document !== undefined) return fileOfDocument(document);
    throw new FileRefusal('unreadable', baseName(uri), 0, error);
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

/** Whether an address is that of a folder. */
export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false; // what is wrong with it is said when it is read
  }
}

function opened<Document extends { readonly uri: vscode.Uri }>(
  documents: readonly Document[],
  uri: vscode.Uri,
): Document | undefined {
  return documents.find((document) => document.uri.toString() === uri.toString());
}

/** With the cells that are not saved yet, and their outputs. */
async function fileOfNotebook(notebook: vscode.NotebookDocument): Promise<LocalFile | null> {
  const json = await notebookJson(notebook);
  if (json === null) return null;
  const { uri } = notebook;
  const name = /\.ipynb$/i.test(uri.path) ? baseName(uri) : `${baseName(uri)}.ipynb`;
  return fileOfText(name, json, { unsaved: true, origin: { uri } });
}

async function storedFile(uri: vscode.Uri): Promise<LocalFile> {
  const name = baseName(uri);
  const stat = await vscode.workspace.fs.stat(uri);
  checkSize(name, stat.size);
  const origin = { uri };
  if (uri.scheme === 'file') {
    const { head, size, read } = await openFileOnDisk(uri.fsPath, HEAD);
    const contentType = await contentTypeOf(name, head);
    return { name, contentType, size, unsaved: false, origin, read };
  }
  const data = await vscode.workspace.fs.readFile(uri);
  const contentType = await contentTypeOf(name, data.subarray(0, HEAD));
  return fileOfBytes({ name, contentType, data, unsaved: false, origin });
}

function fileOfBytes(
  file: Omit<LocalFile, 'size' | 'read'> & { readonly data: Uint8Array },
): LocalFile {
  const { data, ...rest } = file;
  checkSize(file.name, data.byteLength);
  return { ...rest, size: data.byteLength, read: () => chunksOf(data) };
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

// The files of a conversation: the view names them by key, the host knows their addresses.

import type { FileView } from '../../shared/conversation';
import type { RemoteFile } from '../twin/model';
import type { Conversation } from './conversation';

/** Enters a file; one that is known already (an avatar comes with every message) keeps its key. */
export function addFile(c: Conversation, file: RemoteFile): [Conversation, FileView] {
  const address = file.url ?? (file.id === null ? null : `id:${file.id}`);
  const known = address === null ? undefined : c.fileKeyByAddress.get(address);
  const found = known === undefined ? undefined : c.files.get(known);
  if (found?.file.name === file.name) return [c, found.view];
  const key = `file-${c.sequence + 1}`;
  const { name, contentType, size, url } = file;
  const view: FileView = { key, name, contentType, size, available: url !== null };
  const next: Conversation = {
    ...c,
    sequence: c.sequence + 1,
    files: c.files.set(key, { file, view }),
    fileKeyByAddress: address === null ? c.fileKeyByAddress : c.fileKeyByAddress.set(address, key),
  };
  return [next, view];
}

export function addFiles(
  c: Conversation,
  files: readonly RemoteFile[],
): [Conversation, readonly FileView[]] {
  const views: FileView[] = [];
  for (const file of files) {
    const [next, view] = addFile(c, file);
    c = next;
    views.push(view);
  }
  return [c, views];
}

export function addFileOrNull(
  c: Conversation,
  file: RemoteFile | null,
): [Conversation, FileView | null] {
  return file === null ? [c, null] : addFile(c, file);
}

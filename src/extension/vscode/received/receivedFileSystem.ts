import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

export const RECEIVED_SCHEME = 'twin-received';
/** Bytes that are kept for editors that are closed, to be found again by "go back". */
const KEPT = 32 * 1024 * 1024;

interface Entry {
  readonly data: Uint8Array;
  readonly since: number;
}

/**
 * Received files that are open in editors: read-only, in memory, gone with the window. Each has
 * an authority named for its content, so that no two can meet under one name.
 */
export class ReceivedFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  // Last: VS Code listens at once.
  private readonly registration = vscode.workspace.registerFileSystemProvider(
    RECEIVED_SCHEME,
    this,
    {
      isReadonly: true,
      isCaseSensitive: true,
    },
  );

  /** Takes a file in, under a name that is safe already. */
  add(name: string, data: Uint8Array): vscode.Uri {
    const digest = createHash('sha256').update(data).digest('hex').slice(0, 16);
    const uri = vscode.Uri.from({ scheme: RECEIVED_SCHEME, authority: digest, path: `/${name}` });
    this.entries.delete(keyOf(uri)); // the newest is last
    this.entries.set(keyOf(uri), { data, since: Date.now() });
    this.forgetOldest(uri);
    return uri;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { data, since } = this.entry(uri);
    return { type: vscode.FileType.File, ctime: since, mtime: since, size: data.byteLength };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.entry(uri).data;
  }

  /** Nothing in here changes. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** Keeps nothing of what came so far. */
  forget(): void {
    this.entries.clear();
  }

  dispose(): void {
    this.registration.dispose();
    this.changes.dispose();
    this.entries.clear();
  }

  private entry(uri: vscode.Uri): Entry {
    const found = this.entries.get(keyOf(uri));
    if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  }

  private forgetOldest(added: vscode.Uri): void {
    const open = new Set([added, ...openUris()].map(keyOf));
    const closed = [...this.entries].filter(([key]) => !open.has(key));
    let size = closed.reduce((sum, [, { data }]) => sum + data.byteLength, 0);
    for (const [key, { data }] of closed) {
      if (size <= KEPT) return;
      this.entries.delete(key);
      size -= data.byteLength;
    }
  }
}

/** Without the query: VS Code's picture viewer adds one of its own. */
function keyOf({ authority, path }: vscode.Uri): string {
  return `${authority}${path}`;
}

function openUris(): readonly vscode.Uri[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) =>
      input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
        ? input.uri
        : [],
    ),
  );
}

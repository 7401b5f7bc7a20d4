import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

const SCHEME = 'twin-received';
/** How many texts are kept for their editors; the oldest goes first. */
const KEPT = 50;

/** Text files that were received, open read-only in an editor. */
export class ReceivedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(
    SCHEME,
    this,
  );

  async open(name: string, data: Uint8Array): Promise<void> {
    const digest = createHash('sha256').update(data).digest('hex').slice(0, 16);
    const uri = vscode.Uri.from({ scheme: SCHEME, authority: digest, path: `/${name}` });
    this.texts.set(uri.toString(), new TextDecoder().decode(data));
    const [oldest] = this.texts.keys();
    if (this.texts.size > KEPT && oldest !== undefined) this.texts.delete(oldest);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string | null {
    return this.texts.get(uri.toString()) ?? null;
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}

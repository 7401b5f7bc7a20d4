import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import { DisposableStore } from '../core/disposable';
import { introductionOf } from '../session/sessionSettings';
import { startAddress } from '../twin/address';
import { startBody } from '../twin/requestBody';
import { localization } from './localization';
import type { Profiles } from './profiles';
import { affectsUs, chatIdSetting } from './settings';
import { BadUrlSetting, profileRequest, sessionRequest } from './sessionRequest';

const SCHEME = 'twin-request';

/** What the start call will say, as a read-only document that follows the settings. */
export class StartPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changes = this.lifetime.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changes.event;
  private opened = 0;

  constructor(private readonly profiles: Profiles) {
    this.lifetime.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!affectsUs(change)) return;
        for (const { uri } of vscode.workspace.textDocuments)
          if (uri.scheme === SCHEME) this.changes.fire(uri);
      }),
    );
  }

  /** Opens it with what is true now: a new one each time, for VS Code would show an old one first. */
  async open(): Promise<void> {
    const name = localization().t('host.preview.fileName');
    this.opened += 1;
    const query = String(this.opened);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.jsonc`, query });
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  async provideTextDocumentContent(): Promise<string> {
    const { t } = localization();
    try {
      return await this.write(t);
    } catch (error) {
      if (!(error instanceof BadUrlSetting)) throw error;
      const { setting, value } = error;
      return `// ${t('host.settings.badUrl', { setting, value })}\n`;
    }
  }

  private async write(t: Translate): Promise<string> {
    const { chosen } = this.profiles;
    const settings = await (chosen
      ? profileRequest(chosen)
      : sessionRequest(chatIdSetting(), null));
    const { apiUrl, chatId } = settings;
    const address = decodeURI(startAddress(apiUrl, chatId || '{twin.chatId}').href);
    const body = JSON.stringify(startBody(introductionOf(settings)), null, 2);
    return `// ${t('host.preview.hint')}\n// POST ${address}\n${body}\n`;
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}

import * as vscode from 'vscode';
import { localization } from './localization';

const OPENED = ['https:', 'http:', 'mailto:'];

/** Opens a link from a message; VS Code asks about hosts it does not trust. */
export async function openLink(href: string): Promise<void> {
  const protocol = URL.canParse(href) ? new URL(href).protocol : '';
  if (OPENED.includes(protocol)) {
    await vscode.env.openExternal(vscode.Uri.parse(href, true));
    return;
  }
  const shown = href.length > 80 ? `${href.slice(0, 80)}…` : href;
  void vscode.window.showWarningMessage(localization().t('host.link.refused', { href: shown }));
}

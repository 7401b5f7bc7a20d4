import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ViewSettings } from '../../shared/hostMessage';
import { escapeHtml } from '../session/transcript/html';

/** The folder of the built bundles: all that a webview may load. */
export function bundlesFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}

/**
 * The webview's document: nothing but the script, the style, and the settings, with which the view
 * builds its frame while the host reads what is to be shown. That comes as data. It has no network,
 * and no script but ours.
 */
export function chatDocument(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  settings: ViewSettings,
): string {
  const nonce = randomBytes(16).toString('base64');
  const bundle = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(bundlesFolder(extensionUri), name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // The nonce is for the one <style> that the webview toolkit adds.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src blob: ${webview.cspSource}`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${settings.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta property="csp-nonce" content="${nonce}">
    <link rel="stylesheet" href="${bundle('webview.css')}">
    <title>TWIN Chat</title>
  </head>
  <body>
    <div id="root" data-settings="${escapeHtml(JSON.stringify(settings))}"></div>
    <script type="module" nonce="${nonce}" src="${bundle('webview.js')}"></script>
  </body>
</html>`;
}

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { escapeHtml } from '../../src/extension/session/transcript/html';
import { settings } from './samples';
import { THEMES, type ThemeName } from './themes';
import { VSCODE_DEFAULTS } from './vscodeDefaults';

const NONCE = 'bm9uY2UtZm9yLXRlc3Rz';
const DIST = path.join(process.cwd(), 'dist');

const BUNDLES: Readonly<Record<string, string>> = {
  '/webview.js': 'text/javascript',
  '/webview.css': 'text/css',
  '/highlighter.js': 'text/javascript',
  '/parseMarkdown.js': 'text/javascript',
};

export interface PageServer {
  readonly origin: string;
  close(): void;
}

/** Serves the built view in a document like the host's, on a port of the loopback. */
export async function startPageServer(): Promise<PageServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const type = BUNDLES[url.pathname];
    if (type !== undefined) {
      void readFile(path.join(DIST, url.pathname)).then((content) => {
        response.writeHead(200, { 'content-type': type }).end(content);
      });
    } else if (url.pathname === '/floor') {
      const page = '<!DOCTYPE html><title>floor</title>';
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    } else if (url.pathname === '/') {
      const theme = (url.searchParams.get('theme') ?? 'dark') as ThemeName;
      const withPolicy = url.searchParams.get('csp') !== 'off';
      const page = document(`http://${request.headers.host ?? ''}`, theme, withPolicy);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    } else {
      // A browser asks for an icon by itself; anything else is counted against the view.
      response.writeHead(204).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The host's document (see chatDocument), with the style that VS Code itself adds. */
function document(origin: string, themeName: ThemeName, withPolicy: boolean): string {
  const theme = THEMES[themeName];
  const tokens = Object.entries(theme.tokens).map(([name, value]) => `${name}: ${value};`);
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${NONCE}'`,
    `style-src ${origin} 'nonce-${NONCE}'`,
    `font-src ${origin}`,
    `img-src blob: ${origin}`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    ${withPolicy ? meta : ''}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta property="csp-nonce" content="${NONCE}">
    <style nonce="${NONCE}">:root { ${tokens.join(' ')} } ${VSCODE_DEFAULTS}</style>
    <link rel="stylesheet" href="/webview.css">
    <title>TWIN Chat</title>
  </head>
  <body class="${theme.bodyClass}">
    <div id="root" data-settings="${escapeHtml(JSON.stringify(settings()))}"></div>
    <script type="module" nonce="${NONCE}" src="/webview.js"></script>
  </body>
</html>`;
}

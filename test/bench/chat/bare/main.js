// The least that a chat in VS Code can be: what is entered goes to the host, which says it at once to
// the view, which adds a row. How long that takes is what the chat of this project is measured by.
const vscode = require('vscode');

const DOCUMENT = `<!doctype html>
<textarea rows="3" style="width: 100%"></textarea>
<main></main>
<script>
  const { postMessage } = acquireVsCodeApi();
  const [box] = document.getElementsByTagName('textarea');
  const [rows] = document.getElementsByTagName('main');
  /** Each: from the key to the host's word, ms. */
  window.trips = [];
  let began = 0;
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    began = event.timeStamp;
    postMessage(box.value);
    box.value = '';
  });
  window.addEventListener('message', ({ data }) => {
    window.trips.push(performance.now() - began);
    const row = document.createElement('p');
    row.textContent = data;
    rows.append(row);
  });
</script>`;

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.window.registerWebviewViewProvider('bare.chat', {
      resolveWebviewView: ({ webview }) => {
        webview.onDidReceiveMessage((text) => webview.postMessage(text));
        webview.options = { enableScripts: true };
        webview.html = DOCUMENT;
      },
    }),
  );
};

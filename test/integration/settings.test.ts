// What is wrong in settings.json is said there, where it is written, and what a session will say of
// the person can be read before it does.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  type CompletionList,
  type Diagnostic,
  Position,
  type Uri,
  commands,
  languages,
  window,
  workspace,
} from 'vscode';
import { Desk } from './desk';

/** Resolves with what is said of a file, once so much of it holds a text. */
function diagnostics(uri: Uri, text: string, count = 1): Promise<readonly Diagnostic[]> {
  return new Promise((resolve) => {
    const look = () => {
      const found = languages.getDiagnostics(uri);
      if (found.filter(({ message }) => message.includes(text)).length < count) return;
      subscription.dispose();
      resolve(found);
    };
    const subscription = languages.onDidChangeDiagnostics(look);
    look();
  });
}

describe('settings.json', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  const settings = async (text: string) => {
    const uri = await desk.write('.vscode/settings.json', text);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    return document;
  };

  it('is told of a variable that there is not, and of a value that is no text', async () => {
    const { uri } = await settings(
      [
        '{',
        '  "twin.sessionName": "${workspaceFolderBasename} $5 ${branch}",',
        '  "twin.clientMetadata": { "a": "${gitBranch}", "b": "${uuid:x}", "c": 5 }',
        '}',
      ].join('\n'),
    );
    const found = await diagnostics(uri, 'none of the variables', 2);
    const texts = found.map(({ range, message }) => `${range.start.line}: ${message}`).sort();
    equal(texts.length, 3);
    match(texts[0] ?? '', /^1: This is none of the variables: \$\{workspaceFolderBasename\}/);
    match(texts[1] ?? '', /^2: Incorrect type\. Expected "string"/);
    match(texts[2] ?? '', /^2: This is none of the variables/);
  });

  it('of a workspace is told that it learns nothing of the environment', async () => {
    const text = '{ "twin.clientMetadata": { "token": "${env:TOKEN}", "ok": "${uuid}" } }';
    const { uri } = await settings(text);
    const found = await diagnostics(uri, 'in user settings only');
    deepEqual(
      found.map(({ message }) => message.slice(0, 46)),
      ['${env:NAME} is replaced in user settings only:'],
    );
  });

  it('offers names with variables in them', async () => {
    const { uri } = await settings('{\n  "twin.sessionName": ,\n  "twin.clientExternalId": 5\n}');
    await diagnostics(uri, 'Incorrect type'); // now the schema is known
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new Position(1, '  "twin.sessionName": '.length),
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    ok(
      labels.some((label) => label.includes('${workspaceFolderBasename} (${gitBranch})')),
      labels.join('\n'),
    );
  });
});

describe('the preview of a start', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open(
      {},
      {
        'twin.sessionName': 'Test: ${workspaceFolderBasename}',
        'twin.clientExternalId': 'anna-1',
        'twin.clientMetadata': { home: '${env:HOME}', same: '$5' },
      },
    );
  });

  afterEach(() => desk.close());

  const preview = async () => {
    await commands.executeCommand('twin.previewStart');
    const document = window.activeTextEditor?.document;
    ok(document);
    equal(document.uri.scheme, 'twin-request');
    return document.getText();
  };
  const bodyOf = (text: string) => JSON.parse(text.replaceAll(/^\/\/.*$/gm, '')) as unknown;

  it('is the very body that goes, and sends nothing by itself', async () => {
    const text = await preview();
    const { ledger, url } = desk.simulator;
    equal(ledger.of('sessionStarted').length, 0);
    ok(text.includes(`// POST ${url}/api/chats/v1/chats/echo/sessions?x_widget=1`), text);

    await commands.executeCommand('twin.startChat');
    const [started] = await ledger.until((it) => {
      const all = it.of('sessionStarted');
      return all.length > 0 && all;
    });
    ok(started);
    const { name, clientExternalId, clientMetadata } = started;
    deepEqual(bodyOf(text), { name, clientExternalId, clientMetadata });
    deepEqual(clientMetadata, { home: process.env['HOME'], same: '$5' });
    match(name, /^Test: \w+$/);
  });

  it('follows the settings, and says which of them it cannot use', async () => {
    await preview();
    const changed = (part: string) =>
      new Promise<void>((resolve) => {
        const subscription = workspace.onDidChangeTextDocument(({ document }) => {
          if (document.uri.scheme !== 'twin-request' || !document.getText().includes(part)) return;
          subscription.dispose();
          resolve();
        });
      });
    const named = changed('"Another"');
    await desk.set('twin.sessionName', 'Another');
    await named;
    const refused = changed('twin.apiUrl');
    await desk.set('twin.apiUrl', 'not an address');
    await refused;
  });
});

// There is one way out. Four borders together prove it: a session takes only what is cleared (the
// compiler), only the guard clears (below), only the client of TWIN uploads and sends, and only the
// transports reach a network (both below).
import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import type { OutgoingFile } from '../../../src/extension/session/outgoingFile';
import type { SessionApi } from '../../../src/extension/session/sessionApi';
import { root } from '../../vscode/root';

/** Never called: the compiler's word on it is the test, and `npm run check` asks for it. */
export function wouldPassByTheGuard(
  session: ChatSession,
  api: SessionApi,
  file: OutgoingFile,
  text: string,
): void {
  // @ts-expect-error a file that was not cleared
  session.attach(file);
  // @ts-expect-error a text that was not cleared
  session.send({ key: '', text, attachmentIds: [], replyTo: null });
  // @ts-expect-error not even the client is asked for it
  void api.uploadFile(file);
  // @ts-expect-error nor with a file of an earlier session
  session.composer.takeOver({ text, files: [file] });
  session.send({ key: '', text: '', attachmentIds: [], replyTo: null });
}

const SOURCES = path.join(root, 'src');

interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
}

function sources(): readonly Source[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('simulator/'))
    .map((file) => {
      const text = readFileSync(path.join(SOURCES, file), 'utf8');
      return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
    });
}

function hasNode(tree: ts.Node, is: (node: ts.Node) => boolean): boolean {
  return is(tree) || (ts.forEachChild(tree, (child) => hasNode(child, is)) ?? false);
}

/** The files in which some piece of code is found. */
const filesWith = (is: (node: ts.Node) => boolean) =>
  sources().flatMap(({ file, tree }) => (hasNode(tree, is) ? [file] : []));

const importOf = (specifier: RegExp, name?: string) => (node: ts.Node) => {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [asked] = node.arguments;
    return asked !== undefined && ts.isStringLiteral(asked) && specifier.test(asked.text);
  }
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  if (!specifier.test(node.moduleSpecifier.text)) return false;
  const bindings = node.importClause?.namedBindings;
  if (node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  if (name === undefined || !bindings || !ts.isNamedImports(bindings)) return true;
  return bindings.elements.some(
    (it) => (it.propertyName ?? it.name).text === name && !it.isTypeOnly,
  );
};

const mentions =
  (...names: readonly string[]) =>
  (node: ts.Node) =>
    ts.isIdentifier(node) && names.includes(node.text) && !isMember(node);

/** A property or method that happens to be called so. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent)
  );
}

describe('the one way out', () => {
  it('is opened by the guard alone', () => {
    deepEqual(filesWith(importOf(/\/cleared$/, 'clear')), [
      'extension/vscode/guard/outgoingGuard.ts',
    ]);
    const asserts = (node: ts.Node) =>
      ts.isAsExpression(node) && /\bCleared\b/.test(node.type.getText());
    deepEqual(filesWith(asserts), ['extension/session/cleared.ts']);
  });

  it('leads through sessions alone: nobody else makes a client of TWIN', () => {
    deepEqual(filesWith(importOf(/\/twinClient$/)), ['extension/main.ts']);
    const uploads = (node: ts.Node) =>
      ts.isPropertyAccessExpression(node) && ['uploadFile', 'sendMessage'].includes(node.name.text);
    const callers = filesWith(uploads);
    ok(callers.length > 0);
    deepEqual(
      callers.filter((file) => !file.startsWith('extension/session/')),
      [],
    );
  });

  it('has no side door to a network', () => {
    deepEqual(filesWith(importOf(/^(node:)?(https?|http2|net|tls|dgram|dns)(\/|$)/)).sort(), [
      'extension/vscode/nodeHttpTransport.ts',
      'extension/vscode/received/fetchFile.ts', // only asks for what others have sent
      'extension/vscode/received/fileAddress.ts', // only reads addresses
    ]);
    deepEqual(filesWith(importOf(/^(engine|socket)\.io/)).sort(), [
      'extension/twin/httpPolling.ts',
      'extension/twin/socketIoTransport.ts',
    ]);
    const globals = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'sendBeacon'];
    deepEqual(filesWith(mentions(...globals)), []);
    deepEqual(filesWith(importOf(/^(node:)?(child_process|worker_threads|cluster)$/)), []);
  });
});

import * as vscode from 'vscode';
import { baseName } from './paths';

/** The name under which a document goes; one that was never saved gets its language's extension. */
export function documentName(document: vscode.TextDocument): string {
  const name = baseName(document.uri);
  // An untitled editor has a label such as "Untitled-1".
  return document.isUntitled && !name.includes('.')
    ? `${name}.${extensionOf(document.languageId)}`
    : name;
}

function extensionOf(languageId: string): string {
  for (const extension of vscode.extensions.all) {
    const languages = declaredLanguages(extension.packageJSON);
    const found = languages.find((language) => language.id === languageId)?.extensions?.[0];
    if (found !== undefined) return found.replace(/^\./, '');
  }
  return 'txt';
}

interface DeclaredLanguage {
  readonly id?: string;
  readonly extensions?: readonly string[];
}

function declaredLanguages(manifest: unknown): readonly DeclaredLanguage[] {
  const contributes = (manifest as { contributes?: { languages?: unknown } }).contributes;
  return Array.isArray(contributes?.languages) ? (contributes.languages as DeclaredLanguage[]) : [];
}

// The words of the guard: what it found and where, never the secret itself.

import * as vscode from 'vscode';
import type { TextKey, Translate } from '../../../shared/texts';
import { localization } from '../localization';
import { shownPath } from '../paths';
import type { Finding } from './finding';
import type { Exclusion } from './inspector';

/** What is about to leave: a file, a part of one, or a message that the person wrote. */
export type Subject =
  | { readonly type: 'file'; readonly name: string; readonly uri: vscode.Uri | null }
  | { readonly type: 'excerpt' | 'message'; readonly uri: vscode.Uri | null };

export interface Doubtful {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

export interface Excluded {
  readonly subject: Subject;
  readonly exclusion: Exclusion | null;
}

/** So many lines a dialog has room for. */
const LINES = 10;

/**
 * Asks whether these may leave. Who wants to see the place first does not send.
 *
 * @param others how many go along that are not in doubt
 */
export async function askAbout(cases: readonly Doubtful[], others: number): Promise<boolean> {
  const { t } = localization();
  const place = firstPlace(cases);
  const send = { title: t('guard.send') };
  const look = { title: t(lookingAt(place, cases)) };
  const isToBeSeen = place !== null || isMessage(cases);
  // A button that closes cannot be the first.
  const keep = { title: t('guard.keep'), isCloseAffordance: isToBeSeen };
  const answer = await vscode.window.showWarningMessage(
    question(t, cases),
    { modal: true, detail: reasons(t, cases, others) },
    // The first is what Enter presses: it must not be the one that sends.
    ...(isToBeSeen ? [look, send, keep] : [keep, send]),
  );
  if (answer === look && place !== null) await openAt(place.uri, place.line ?? 1);
  return answer === send;
}

/** Says which lines of a `.twinignore` keep them here. Not awaited: notifications may be left standing. */
export function explainExclusions(cases: readonly Excluded[]): void {
  const byRule = new Map<string, { rule: Exclusion; names: string[] }>();
  for (const { subject, exclusion: rule } of cases) {
    if (rule === null) continue;
    const key = `${rule.uri.toString()} ${rule.line}`;
    const { names } = byRule.get(key) ?? { names: [] };
    byRule.set(key, { rule, names: [...names, nameOf(subject)] });
  }
  for (const { rule, names } of byRule.values()) void explainExclusion(rule, names);
}

async function explainExclusion(
  { pattern, line, uri: file }: Exclusion,
  all: readonly string[],
): Promise<void> {
  const { t } = localization();
  const rest = all.length - LINES;
  const names = [
    ...all.slice(0, LINES),
    ...(rest > 0 ? [t('guard.moreFiles', { count: rest })] : []),
  ];
  const open = t('guard.openIgnore');
  const place = { pattern, line: `${line}`, file: shownPath(file) };
  const said = t('guard.excluded', { names: names.join(', '), count: all.length, ...place });
  const answer = await vscode.window.showWarningMessage(said, open);
  if (answer === open) await openAt(file, line);
}

/** What the person wrote comes back to where it can be changed. */
function lookingAt(place: Where | null, cases: readonly Doubtful[]): TextKey {
  if (isMessage(cases)) return 'guard.edit';
  return typeof place?.line === 'number' ? 'guard.openLine' : 'guard.openFile';
}

function isMessage(cases: readonly Doubtful[]): boolean {
  return cases[0]?.subject.type === 'message';
}

function question(t: Translate, cases: readonly Doubtful[]): string {
  const [first] = cases;
  if (cases.length > 1 || first === undefined) return t('guard.askFiles', { count: cases.length });
  if (first.subject.type === 'message') return t('guard.askMessage');
  const name = nameOf(first.subject);
  return t(first.subject.type === 'file' ? 'guard.askFile' : 'guard.askExcerpt', { name });
}

function reasons(t: Translate, cases: readonly Doubtful[], others: number): string {
  const all = cases.flatMap(({ subject, findings }) =>
    findings.map((finding) => `• ${reason(t, nameOf(subject), finding)}`),
  );
  const shown = all.length > LINES ? all.slice(0, LINES - 1) : all;
  const count = all.length - shown.length;
  const rest = count > 0 ? [t('guard.more', { count })] : [];
  const along = others > 0 ? ['', t('guard.others', { count: others })] : [];
  return [t('guard.found'), '', ...shown, ...rest, ...along].join('\n');
}

function reason(t: Translate, name: string, { kind, service, line }: Finding): string {
  const what = t(`guard.kind.${kind}`, { service });
  if (line === null) return name === '' ? what : t('guard.reason', { name, what });
  const place = { line: `${line}`, what }; // a number of a line has no thousands
  return name === '' ? t('guard.reasonLine', place) : t('guard.reasonFileLine', { name, ...place });
}

/** A name may hold anything, but a line of a dialog is one line. */
function nameOf(subject: Subject): string {
  if (subject.type === 'message') return '';
  const { uri } = subject;
  const name = uri === null ? (subject.type === 'file' ? subject.name : '') : shownPath(uri);
  return name.replaceAll(/\p{Cc}/gu, ' ');
}

interface Where {
  readonly uri: vscode.Uri;
  readonly line: number | null;
}

/** What can be looked at: a line before a file as a whole. */
function firstPlace(cases: readonly Doubtful[]): Where | null {
  const places = cases.flatMap(({ subject: { uri }, findings }) =>
    uri === null ? [] : findings.map(({ line }) => ({ uri, line })),
  );
  return places.find(({ line }) => line !== null) ?? places[0] ?? null;
}

async function openAt(uri: vscode.Uri, line: number): Promise<void> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.commands.executeCommand('vscode.open', uri, { selection });
}

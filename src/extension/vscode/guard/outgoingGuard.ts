import type * as vscode from 'vscode';
import { clear, type Cleared } from '../../session/cleared';
import { isAboutKey, type Finding } from './finding';
import { askAbout, explainExclusions, type Subject } from './guardDialog';
import type { Inspection } from './inspector';
import type { LocalFile, LocalText } from './outgoing';

interface Case extends Inspection {
  readonly subject: Subject;
}

/** Without so long a run of characters there is no secret in a text. */
const SECRET_LIKE = /\S{16}/;

/**
 * Stands before every way out: whatever a session sends for the person has passed here, because a
 * session takes nothing that is not {@link Cleared}.
 */
export class OutgoingGuard {
  /** What the person has agreed to until the window is closed. */
  private readonly agreed = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  /** @returns those that may leave, in their order */
  async files(files: readonly LocalFile[]): Promise<readonly Cleared<LocalFile>[]> {
    if (files.length === 0) return [];
    const { inspectFile } = await import('./inspector');
    const inspected: (Case & { file: LocalFile })[] = [];
    for (const file of files) {
      const subject = { type: 'file', name: file.name, uri: file.origin?.uri ?? null } as const;
      inspected.push({ file, subject, ...(await inspectFile(file)) });
    }
    const leaving = new Set(await this.judge(inspected));
    return inspected.filter((it) => leaving.has(it)).map(({ file }) => clear(file));
  }

  /** @returns `null` when it may not leave */
  async text({ text, origin }: LocalText): Promise<Cleared<string> | null> {
    if (origin === null && !SECRET_LIKE.test(text)) return clear(text);
    const { inspectText } = await import('./inspector');
    const subject = { type: origin ? 'excerpt' : 'message', uri: origin?.uri ?? null } as const;
    const leaving = await this.judge([{ subject, ...(await inspectText({ text, origin })) }]);
    return leaving.length > 0 ? clear(text) : null;
  }

  /** @returns those that may leave */
  private async judge<T extends Case>(cases: readonly T[]): Promise<readonly T[]> {
    const excluded = cases.filter(({ exclusion }) => exclusion !== null);
    explainExclusions(excluded);
    const allowed = cases.filter(({ exclusion }) => exclusion === null);
    // One question at a time: the answer to one may be the answer to the next.
    const answer = this.turn.then(() => this.doubtful(allowed));
    this.turn = answer.catch(() => undefined);
    const kept = await answer;
    return allowed.filter((it) => !kept.includes(it));
  }

  /** Asks, if need be. @returns those that stay here */
  private async doubtful<T extends Case>(cases: readonly T[]): Promise<readonly T[]> {
    const open = cases.filter(({ subject, findings }) =>
      findings.some((finding) => !this.agreed.has(keyOf(subject.uri, finding))),
    );
    if (open.length === 0) return [];
    if (!(await askAbout(open, cases.length - open.length))) return open;
    for (const { subject, findings } of open) {
      if (subject.uri === null) continue;
      for (const finding of findings)
        if (!isAboutKey(finding)) this.agreed.add(keyOf(subject.uri, finding));
    }
    return [];
  }
}

/** An answer holds for one kind of finding in one file: another secret is asked about anew. */
function keyOf(uri: vscode.Uri | null, { kind, service }: Finding): string {
  return `${kind} ${service} ${uri?.toString() ?? ''}`;
}

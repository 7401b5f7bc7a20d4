// How the fetching of a received file stands, and what its content turned out to be.

import type { Problem } from './problem';

/** Kinds of content that people tell apart. */
export type FileKind =
  | 'program'
  | 'page'
  | 'text'
  | 'picture'
  | 'pdf'
  | 'document'
  | 'archive'
  | 'audio'
  | 'video'
  | 'data';

/** What the person asked for. */
export type FileUse = 'open' | 'save';

export interface FileState {
  /** What is under way, or failed. */
  readonly use: FileUse;
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** What the file really is, when that is not what its name or its stated type says. */
  readonly reality: FileKind | null;
}

/** What starts a program when it is opened from a folder. */
const PROGRAM =
  /\.(exe|com|scr|pif|cpl|msi|msp|bat|cmd|lnk|url|hta|jar|vb[se]|jse|ws[fh]|ps1|reg|desktop|appimage|command|app|dmg|pkg|deb|rpm|apk)$/i;

export function isProgramName(name: string): boolean {
  return PROGRAM.test(name.trimEnd());
}

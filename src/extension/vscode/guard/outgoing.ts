// What a person wants to send, before the guard has looked at it.

import type * as vscode from 'vscode';
import type { OutgoingFile } from '../../session/outgoingFile';
import type { Excerpt } from '../selectionBlock';

/** The file of this side that something was taken from. */
export interface Origin {
  readonly uri: vscode.Uri;
  /** What of the file goes, in its order; absent when it goes as a whole. */
  readonly excerpts?: readonly Excerpt[];
}

/** `origin` is `null` for bytes that came without an address: pasted, or dropped from outside. */
export interface LocalFile extends OutgoingFile {
  readonly origin: Origin | null;
}

/** `origin` is `null` for what the person wrote. */
export interface LocalText {
  readonly text: string;
  readonly origin: Origin | null;
}

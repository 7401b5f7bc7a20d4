// Host to view: state. Whole at first, patches with a revision later; a gap in revisions makes the
// view say `ready` again.

import type { ConversationView } from './conversation';
import type { FileState } from './fileState';
import type { ConversationPatch } from './patch';
import type { Problem } from './problem';
import type { Language, Texts } from './texts';

/** Settings and words that the view needs. Sent with each snapshot, which a change of them causes. */
export interface ViewSettings {
  readonly language: Language;
  readonly texts: Texts;
  readonly sendOn: 'enter' | 'ctrlEnter';
  /** CSS pixels; `null` follows VS Code. */
  readonly fontSize: number | null;
  readonly fontFamily: string | null;
  /** True when a chat id is set, so that the welcome can offer to start at once. */
  readonly hasChatId: boolean;
  /** Whether there are profiles to choose from. */
  readonly hasProfiles: boolean;
  /** The profile that the next chat starts with. */
  readonly profile: string | null;
  /** Bytes: what is pasted or dropped and larger is refused before it is read into memory. */
  readonly maxAttachmentSize: number;
  /** False in a workspace that is not trusted: code of a message changes no file there. */
  readonly trusted: boolean;
}

/** Rows that come before those of a snapshot's conversation. */
export interface EarlierRows {
  readonly count: number;
  /** To read them takes longer than to draw what is in sight, so it is done later. */
  readonly json: string;
}

export interface Snapshot {
  readonly type: 'snapshot';
  readonly revision: number;
  readonly settings: ViewSettings;
  /** `null` where there is none: the welcome is shown. */
  readonly conversation: ConversationView | null;
  /** `null` where the conversation is whole. */
  readonly earlier: EarlierRows | null;
}

export type HostMessage =
  | Snapshot
  | { readonly type: 'patch'; readonly revision: number; readonly patch: ConversationPatch }
  | { readonly type: 'picture'; readonly fileKey: string; readonly picture: Picture }
  /** How the fetching of a file stands; those worth a word come again after each snapshot. */
  | { readonly type: 'file'; readonly fileKey: string; readonly state: FileState }
  /** The answer to `wantPlaces`: those of the paths that are files of the workspace. */
  | {
      readonly type: 'places';
      readonly asked: readonly string[];
      readonly found: readonly string[];
    }
  /** The answer to `ping`. */
  | { readonly type: 'alive' }
  /** The view's menu was asked to answer a message. */
  | { readonly type: 'replyTo'; readonly messageKey: string }
  /** A command wants the person to type next. */
  | { readonly type: 'focusComposer' }
  /** A command leads to a message: it is brought into sight, and gets the focus. */
  | { readonly type: 'showMessage'; readonly messageKey: string }
  /** A command wants the person to look for something in the conversation. */
  | { readonly type: 'find' };

/** A picture as the host has it: never an address, always bytes. */
export type Picture =
  | {
      readonly state: 'ready';
      readonly contentType: string;
      readonly data: Uint8Array;
      /** Pixels, as its headers have it: the view makes room before it decodes. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly state: 'failed'; readonly problem: Problem };

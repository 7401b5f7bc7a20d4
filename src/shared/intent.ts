// View to host: what the person wants. A closed union; the host parses every one at its border.

import type { DraftStep } from './conversation';
import {
  isArrayOf,
  isIndex,
  isNullOr,
  isRecord,
  isShape,
  isString,
  isStringUpTo,
  type Guard,
} from './guards';

export interface DroppedFile {
  /** Empty for one that has none. */
  readonly name: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}

export type Intent =
  /** The view is (again) there and wants a whole snapshot: at start, and after a gap in revisions. */
  | { readonly type: 'ready' }
  /** Are you there? The host answers with `alive`. */
  | { readonly type: 'ping' }
  /** The person works in this view now: commands are about what it shows. */
  | { readonly type: 'workHere' }
  | { readonly type: 'startChat' }
  | { readonly type: 'startDemo' }
  | { readonly type: 'setChatId' }
  | { readonly type: 'chooseProfile' }
  | { readonly type: 'restartChat' }
  | { readonly type: 'reconnect' }
  /** The browser says that the network is back. */
  | { readonly type: 'networkReturned' }
  /** Takes the session over from the window that has it. */
  | { readonly type: 'continueHere' }
  | { readonly type: 'showLog' }
  | { readonly type: 'openSettings' }
  /**
   * `key` is made by the view and stays the message's key for ever. The text leaves the draft: the
   * view empties its own, the host empties its copy without a new version.
   */
  | {
      readonly type: 'send';
      readonly key: string;
      readonly text: string;
      readonly attachmentIds: readonly string[];
      readonly replyTo: string | null;
      /** The change with which the draft left the composer; see `saveDraft`. */
      readonly edit: number;
      readonly after: number;
    }
  | {
      readonly type: 'pressAnswer';
      readonly key: string;
      readonly messageKey: string;
      readonly index: number;
    }
  /** Sends what is filled into a form, as a message of its own: the draft stays. */
  | { readonly type: 'submitForm'; readonly key: string; readonly text: string }
  /** Sends a failed message, or one whose fate is unknown, once more. */
  | { readonly type: 'sendAgain'; readonly messageKey: string }
  /** The person says that a message of unknown fate has arrived. */
  | { readonly type: 'confirmArrived'; readonly messageKey: string }
  | { readonly type: 'deleteMessage'; readonly messageKey: string }
  /** Takes a failed message back into the composer. */
  | { readonly type: 'editMessage'; readonly messageKey: string }
  | ({ readonly type: 'saveDraft'; readonly text: string } & DraftStep)
  | { readonly type: 'attachFiles' }
  /** Files that were pasted or dropped together; their bytes come along. */
  | {
      readonly type: 'attachData';
      readonly files: readonly DroppedFile[];
    }
  /** Addresses (of any scheme) that were dropped from VS Code's Explorer. */
  | { readonly type: 'attachUris'; readonly uris: readonly string[] }
  | { readonly type: 'removeAttachment'; readonly id: string }
  | { readonly type: 'retryAttachment'; readonly id: string }
  | { readonly type: 'openLink'; readonly href: string }
  | { readonly type: 'openFile'; readonly fileKey: string }
  | { readonly type: 'saveFile'; readonly fileKey: string }
  /**
   * A picture came into sight; the host answers with `picture` messages. `agreedHost` is one that
   * is none of TWIN's, and that the person has pressed a button with the name of.
   */
  | {
      readonly type: 'wantPicture';
      readonly fileKey: string;
      readonly agreedHost: string | null;
    }
  | { readonly type: 'copyText'; readonly text: string }
  /** Code of a message goes to the cursors of the editor that was last in use. */
  | { readonly type: 'insertCode'; readonly text: string }
  /** Shows what the code would change in a file; nothing changes before the person agrees there. */
  | { readonly type: 'applyCode'; readonly text: string; readonly place: CodePlace | null }
  /** Opens an untitled file. `language` is what the code's fence names. */
  | { readonly type: 'openAsNewFile'; readonly text: string; readonly language: string | null }
  /** Paths that messages in sight name; the host answers with `places`. */
  | { readonly type: 'wantPlaces'; readonly paths: readonly string[] }
  /** Opens a file of the workspace. Lines and columns are counted from 1. */
  | {
      readonly type: 'openPlace';
      readonly path: string;
      readonly line: number | null;
      readonly column: number | null;
    }
  /** The person has seen the newest message. */
  | { readonly type: 'seen'; readonly messageKey: string };

/** The file that a message names above code, and the lines of it: whole ones, counted from 1. */
export interface CodePlace {
  readonly path: string;
  readonly lines: { readonly first: number; readonly last: number } | null;
}

/** Lengths in UTF-16 units; what is longer is refused at the border. */
const MAX_KEY = 200;
const MAX_TEXT = 4_000_000;
const MAX_URL = 100_000;
const MAX_FILES = 1_000;
/** A name of the DNS, and a port. */
const MAX_HOST = 300;
/** Of one `wantPlaces`. */
export const MAX_PLACES = 200;
export const MAX_PATH = 300;

const isKey = isStringUpTo(MAX_KEY);
const isText = isStringUpTo(MAX_TEXT);
const isPath = isStringUpTo(MAX_PATH);

type Fields<T> = Omit<T, 'type'>;
type Guards = {
  readonly [T in Intent['type']]: Guard<Fields<Extract<Intent, { type: T }>>>;
};

const nothing: Guard<object> = isRecord;
const messageKey = isShape<{ messageKey: string }>({ messageKey: isKey });
const attachmentId = isShape<{ id: string }>({ id: isKey });
const fileKey = isShape<{ fileKey: string }>({ fileKey: isStringUpTo(MAX_URL) });
const text = isShape<{ text: string }>({ text: isText });

/** One guard for every intent: the compiler refuses an intent that has none. */
const guards: Guards = {
  ready: nothing,
  ping: nothing,
  workHere: nothing,
  startChat: nothing,
  startDemo: nothing,
  setChatId: nothing,
  chooseProfile: nothing,
  restartChat: nothing,
  reconnect: nothing,
  networkReturned: nothing,
  continueHere: nothing,
  showLog: nothing,
  openSettings: nothing,
  send: isShape({
    key: isKey,
    text: isText,
    attachmentIds: isArrayOf(isKey, MAX_FILES),
    replyTo: isNullOr(isKey),
    edit: isIndex,
    after: isIndex,
  }),
  pressAnswer: isShape({ key: isKey, messageKey: isKey, index: isIndex }),
  submitForm: isShape({ key: isKey, text: isText }),
  sendAgain: messageKey,
  confirmArrived: messageKey,
  deleteMessage: messageKey,
  editMessage: messageKey,
  saveDraft: isShape({ text: isText, edit: isIndex, after: isIndex }),
  attachFiles: nothing,
  attachData: isShape({
    files: isArrayOf(
      isShape<DroppedFile>({
        name: isString,
        contentType: isString,
        data: (value): value is Uint8Array => value instanceof Uint8Array,
      }),
      MAX_FILES,
    ),
  }),
  attachUris: isShape({ uris: isArrayOf(isStringUpTo(MAX_URL), MAX_FILES) }),
  removeAttachment: attachmentId,
  retryAttachment: attachmentId,
  openLink: isShape({ href: isStringUpTo(MAX_URL) }),
  openFile: fileKey,
  saveFile: fileKey,
  wantPicture: isShape({
    fileKey: isStringUpTo(MAX_URL),
    agreedHost: isNullOr(isStringUpTo(MAX_HOST)),
  }),
  copyText: text,
  insertCode: text,
  applyCode: isShape({
    text: isText,
    place: isNullOr(
      isShape<CodePlace>({
        path: isPath,
        lines: isNullOr(isShape({ first: isIndex, last: isIndex })),
      }),
    ),
  }),
  openAsNewFile: isShape({ text: isText, language: isNullOr(isStringUpTo(MAX_URL)) }),
  wantPlaces: isShape({ paths: isArrayOf(isPath, MAX_PLACES) }),
  openPlace: isShape({ path: isPath, line: isNullOr(isIndex), column: isNullOr(isIndex) }),
  seen: messageKey,
};

/** Returns the intent, or `null` for anything that is not one. */
export function parseIntent(value: unknown): Intent | null {
  if (!isRecord(value) || !isString(value['type']) || !Object.hasOwn(guards, value['type']))
    return null;
  const guard = guards[value['type'] as Intent['type']];
  return guard(value) ? (value as unknown as Intent) : null;
}

import * as vscode from 'vscode';
import type { Picture } from '../../shared/hostMessage';
import type { Intent } from '../../shared/intent';
import { pendingIdOf } from '../../shared/pendingPicture';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { ChatSurface, SurfaceIntent } from './chatSurface';
import type { CodeApplier } from './codeApplier';
import { insertAtCursor, openAsNewFile } from './codeIntoEditor';
import type { EditorInUse } from './editorInUse';
import type { FileSender } from './fileSender';
import { COMMANDS, SECTION } from './ids';
import { openLink } from './links';
import { pendingPicture } from './pendingPicture';
import type { ChatPresence } from './chatPresence';
import type { ReceivedFiles } from './received/receivedFiles';
import { openPlace, whichExist } from './workspacePlaces';

type IntentOf<T extends Intent['type']> = Extract<Intent, { type: T }>;
type Handlers = {
  readonly [T in Intent['type']]: (
    intent: IntentOf<T>,
    session: ChatSession | null,
    surface: ChatSurface,
  ) => unknown;
};

/**
 * What each intent of the view does. Anything about a session goes to the one that the view showed
 * when it spoke: another may have taken its place meanwhile.
 */
export class IntentHandler {
  constructor(
    private readonly sessions: SessionManager,
    private readonly sender: FileSender,
    private readonly files: ReceivedFiles,
    private readonly presence: ChatPresence,
    private readonly applier: CodeApplier,
    private readonly editors: EditorInUse,
  ) {}

  private writing: Promise<void> = Promise.resolve();

  private readonly handlers: Handlers = {
    ready: () => undefined, // the surface answers these two
    ping: () => undefined,
    workHere: () => undefined, // and its place sees to this one
    startChat: () => command('startChat'),
    startDemo: () => command('startDemo'),
    setChatId: () => command('setChatId', 'start'),
    chooseProfile: () => command('chooseProfile'),
    restartChat: () => command('restartChat'),
    showLog: () => command('showLog'),
    attachFiles: () => command('attachFiles'),
    openSettings: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.`),
    reconnect: (_, session) => session?.reconnectNow(),
    networkReturned: () => {
      for (const session of this.sessions.sessions) session.networkReturned();
    },
    continueHere: (_, session) => this.sessions.continueHere(session?.key),
    // One that was begun anew meanwhile hands what is sent over, as it does with a draft.
    send: ({ key, text, attachmentIds, replyTo, edit, after }, session) =>
      this.inOrder(session ?? this.sessions.current, (it) =>
        this.sender.sendWritten(it, { key, text, attachmentIds, replyTo, step: { edit, after } }),
      ),
    pressAnswer: (answer, session) =>
      withSession(session, (it) => this.sender.pressAnswer(it, answer)),
    submitForm: ({ key, text }, session) =>
      withSession(session, (it) =>
        this.sender.sendWritten(it, {
          ...{ key, text, attachmentIds: [], replyTo: null },
          keepDraft: true,
        }),
      ),
    sendAgain: ({ messageKey }, session) => session?.sendAgain(messageKey),
    confirmArrived: ({ messageKey }, session) => session?.confirmArrived(messageKey),
    deleteMessage: ({ messageKey }, session) => session?.remove(messageKey),
    editMessage: ({ messageKey }, session) => session?.edit(messageKey),
    saveDraft: ({ text, ...step }, session) =>
      this.inOrder(session, (it) => {
        it.composer.setDraft(text, step);
      }),
    attachData: ({ files }) => this.sender.attachData(files),
    attachUris: ({ uris }) => this.sender.attachFiles(uris.map((uri) => vscode.Uri.parse(uri))),
    removeAttachment: ({ id }, session) => session?.composer.uploads.remove(id),
    retryAttachment: ({ id }, session) => session?.composer.uploads.retry(id),
    openLink: ({ href }) => openLink(href),
    openFile: ({ fileKey }, session) => withSession(session, (it) => this.files.open(it, fileKey)),
    saveFile: ({ fileKey }, session) => withSession(session, (it) => this.files.save(it, fileKey)),
    wantPicture: ({ fileKey, agreedHost }, session, surface) =>
      withSession(session, async (it) => {
        surface.showPicture(it, fileKey, await this.picture(it, fileKey, agreedHost));
      }),
    copyText: ({ text }) => vscode.env.clipboard.writeText(text),
    insertCode: ({ text }) => insertAtCursor(this.editors, text),
    applyCode: ({ text, place }) => this.applier.propose(text, place),
    openAsNewFile: ({ text, language }) => openAsNewFile(text, language),
    wantPlaces: async ({ paths }, _, surface) => {
      surface.showPlaces(paths, await whichExist(paths));
    },
    openPlace: ({ path, line, column }) => openPlace(path, line, column),
    seen: ({ messageKey }, session) => {
      this.presence.markRead(session);
      return session?.seen(messageKey);
    },
  };

  /** Carries the intent out. Rejects with what the handler throws. */
  async handle({ intent, session, surface }: SurfaceIntent): Promise<void> {
    const handler = this.handlers[intent.type] as Handlers[keyof Handlers] &
      ((intent: Intent, session: ChatSession | null, surface: ChatSurface) => unknown);
    await handler(intent, session, surface);
  }

  /** What is written after a message that is still being looked at comes after it. */
  private inOrder(
    session: ChatSession | null,
    use: (session: ChatSession) => Promise<void> | void,
  ): Promise<void> {
    if (session === null) return Promise.resolve();
    const done = this.writing.then(() => use(session));
    this.writing = done.catch(() => undefined); // it is the one who waits for it that is told
    return done;
  }

  private picture(
    session: ChatSession,
    fileKey: string,
    agreedHost: string | null,
  ): Promise<Picture> {
    const pending = pendingIdOf(fileKey);
    return pending === null
      ? this.files.picture(session, fileKey, agreedHost)
      : pendingPicture(session.composer.uploads.localFile(pending));
  }
}

async function withSession(
  session: ChatSession | null,
  use: (session: ChatSession) => Promise<void>,
): Promise<void> {
  if (session !== null) await use(session);
}

function command(name: keyof typeof COMMANDS, ...args: readonly string[]): Thenable<unknown> {
  return vscode.commands.executeCommand(COMMANDS[name], ...args);
}

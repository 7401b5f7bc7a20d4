import * as vscode from 'vscode';
import { toDisposable, type Disposable } from '../core/disposable';
import type { ChatStarter } from './chatStarter';
import type { ChatPlaces } from './chatPlaces';
import type { CodeApplier } from './codeApplier';
import type { CodeSender } from './codeSender';
import { activeDiff, activeProblems, activeSelection } from './codeToSend';
import type { FileSender } from './fileSender';
import { COMMANDS, type CommandName } from './ids';
import type { LocalData } from './localData';
import { isOnMessage } from './messageTarget';
import type { OutputLog } from './outputLog';
import type { Runner } from './runner';
import type { SessionCommands } from './sessionCommands';
import type { SessionSearch } from './sessionSearch';
import type { TranscriptDocuments } from './transcriptDocuments';
import type { StartPreview } from './startPreview';
import type { Transcripts } from './transcripts';

/** What the commands act on. */
export interface CommandServices {
  readonly starter: ChatStarter;
  readonly sender: FileSender;
  readonly code: CodeSender;
  readonly places: ChatPlaces;
  readonly transcripts: Transcripts;
  readonly transcriptDocuments: TranscriptDocuments;
  readonly startPreview: StartPreview;
  readonly sessionCommands: SessionCommands;
  readonly search: SessionSearch;
  readonly applier: CodeApplier;
  readonly localData: LocalData;
  readonly log: OutputLog;
  readonly run: Runner;
}

type Command = (...args: readonly unknown[]) => Promise<void>;

/** Registers every command of package.json. */
export function registerCommands(services: CommandServices): Disposable {
  const commands = commandTable(services);
  const registrations = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(COMMANDS[name as CommandName], (...args: unknown[]) =>
      services.run(name, () => {
        if (!isChatTab(args[0])) return command(...args);
        services.places.turnToActiveTab();
        return command();
      }),
    ),
  );
  return toDisposable(() => {
    vscode.Disposable.from(...registrations).dispose();
  });
}

function commandTable(services: CommandServices): Readonly<Record<CommandName, Command>> {
  const { starter, sender, code, places, transcripts, transcriptDocuments } = services;
  const { sessionCommands, search, applier, localData, log } = services;
  const thenReveal =
    (action: () => Promise<unknown>): Command =>
    async () => {
      await action();
      await places.reveal();
    };
  return {
    // The status bar names the conversation that has unread messages.
    startChat: async (unread) => {
      if (!sessionCommands.turnTo(unread)) await starter.ensureLive();
      await places.reveal();
    },
    startDemo: thenReveal(() => starter.startDemo()),
    startBeside: thenReveal(() => starter.start({ beside: true })),
    restartChat: thenReveal(() => starter.restart()),
    endChat: (target) => sessionCommands.end(target),
    attachActiveFile: thenReveal(() => sender.attachActiveFile()),
    sendActiveFile: thenReveal(() => sender.sendActiveFile()),
    sendSelection: thenReveal(() => code.send(activeSelection)),
    sendProblems: thenReveal(() => code.send(activeProblems)),
    sendDiff: thenReveal(() => code.send(activeDiff)),
    attachFiles: async (clicked, selected) => {
      await sender.attachFiles(explorerUris(clicked, selected));
      await places.reveal();
    },
    findInChat: () => places.reveal({ type: 'find' }),
    replyToMessage: async (target) => {
      if (isOnMessage(target)) await places.replyTo(target.messageKey);
    },
    copyMessageAsText: (target) => transcripts.copyMessage('text', target),
    copyMessageAsMarkdown: (target) => transcripts.copyMessage('markdown', target),
    copyMessageAsJson: (target) => transcripts.copyMessage('json', target),
    copyChatAsText: () => transcripts.copyConversation('text'),
    copyChatAsMarkdown: () => transcripts.copyConversation('markdown'),
    copyChatAsJson: () => transcripts.copyConversation('json'),
    openTranscript: async () => {
      const session = await transcripts.currentOrSay();
      if (session !== null) await transcriptDocuments.open(session);
    },
    exportTranscript: (target) => sessionCommands.export(target),
    openSession: (target) => sessionCommands.open(target),
    openInEditor: (target) => sessionCommands.openInEditor(target),
    renameSession: (target) => sessionCommands.rename(target),
    deleteSession: (target) => sessionCommands.delete(target),
    searchSessions: () => search.run(),
    applyChange: () => applier.apply(),
    discardChange: () => applier.discard(),
    // From the welcome and the walkthrough, where one wants to talk, it starts at once.
    setChatId: async (from) => {
      if ((await starter.enterChatId(from !== 'start')) !== null) await places.reveal();
    },
    chooseProfile: async () => {
      const session = await starter.chooseProfile();
      places.settingsChanged();
      if (session !== null) await places.reveal();
    },
    previewStart: () => services.startPreview.open(),
    showLog: () => {
      log.show();
      return Promise.resolve();
    },
    deleteAllData: () => localData.delete(),
  };
}

/** What VS Code gives a command of the title bar above a tab: the address of its webview. */
function isChatTab(target: unknown): boolean {
  return target instanceof vscode.Uri && target.scheme === 'webview-panel';
}

/** The Explorer's menu gives the file under the pointer and all that are selected. */
function explorerUris(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const many = Array.isArray(selected) ? selected : [clicked];
  return many.filter((uri) => uri instanceof vscode.Uri);
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { isArrayOf, isString } from '../shared/guards';
import { systemClock } from './core/clock';
import { DisposableStore } from './core/disposable';
import type { SessionParts } from './session/sessionParts';
import { HostLimits } from './session/hostLimits';
import { SessionArchive } from './session/sessionArchive';
import { SessionManager, type SessionMemory } from './session/sessionManager';
import type { SessionApiFactory } from './session/sessionApi';
import type { LiveTransportFactory } from './twin/liveTransport';
import { TwinClient } from './twin/twinClient';
import { ChatPlaces } from './vscode/chatPlaces';
import { ChatPresence } from './vscode/chatPresence';
import { ChatStarter } from './vscode/chatStarter';
import { ChatTabs } from './vscode/chatTabs';
import { ChatViewProvider } from './vscode/chatViewProvider';
import { CodeApplier } from './vscode/codeApplier';
import { CodeSender } from './vscode/codeSender';
import { registerCommands } from './vscode/commands';
import { DemoServer } from './vscode/demoServer';
import { EditorInUse } from './vscode/editorInUse';
import { FileJournalStorage } from './vscode/fileJournalStorage';
import { FileLeases } from './vscode/fileLeases';
import { FileSender } from './vscode/fileSender';
import { FirstMessage } from './vscode/firstMessage';
import { OutgoingGuard } from './vscode/guard/outgoingGuard';
import { SESSIONS_KEY } from './vscode/ids';
import { IntentHandler } from './vscode/intentHandler';
import { warnOfJournals } from './vscode/journalWarnings';
import { LocalData } from './vscode/localData';
import { machineNetwork } from './vscode/machineNetwork';
import { NodeHttpTransport } from './vscode/nodeHttpTransport';
import { createOutputLog } from './vscode/outputLog';
import { Profiles } from './vscode/profiles';
import { ReceivedFiles } from './vscode/received/receivedFiles';
import { ReceivedFileSystem } from './vscode/received/receivedFileSystem';
import { createRunner } from './vscode/runner';
import { StartPreview } from './vscode/startPreview';
import { SessionCommands } from './vscode/sessionCommands';
import { SessionSearch } from './vscode/sessionSearch';
import { SessionTree } from './vscode/sessionTree';
import { receiptPolicy, retentionDays } from './vscode/settings';
import { TranscriptDocuments } from './vscode/transcriptDocuments';
import { TranscriptExport } from './vscode/transcriptExport';
import { Transcripts } from './vscode/transcripts';
import { UnreadBadges } from './vscode/unreadBadges';
import { UnreadCounts } from './vscode/unreadCounts';
import { UploadProgress } from './vscode/uploadProgress';
import { WorkspaceConsent } from './vscode/workspaceConsent';

let sessions: SessionManager | null = null;

const areKeys = isArrayOf(isString, 1_000);

/** Called by VS Code when the chat is first seen or a command first run. Registers and returns. */
export function activate(context: vscode.ExtensionContext): void {
  const lifetime = new DisposableStore();
  context.subscriptions.push(lifetime);
  const log = lifetime.add(createOutputLog());
  const { logger } = log;
  const run = createRunner(log);
  const http = lifetime.add(new NodeHttpTransport());
  const loadLive = async (): Promise<LiveTransportFactory> => {
    const { createSocketIoTransport } = await import('./twin/socketIoTransport');
    return createSocketIoTransport({ http, clock: systemClock });
  };
  const createApi: SessionApiFactory = (addresses) =>
    new TwinClient({ ...addresses, http, loadLive, logger: logger.child('twin') });
  const journals = join(context.globalStorageUri.fsPath, 'sessions');
  const parts: SessionParts = {
    storage: new FileJournalStorage(journals),
    leases: new FileLeases(journals),
    createApi,
    clock: systemClock,
    random: Math.random,
    createId: randomUUID,
    logger: logger.child('session'),
    network: machineNetwork,
    receiptPolicy,
    limits: new HostLimits(),
    retentionDays,
  };
  sessions = lifetime.add(new SessionManager(parts, sessionMemory(context.workspaceState)));
  lifetime.add(warnOfJournals(sessions, log));
  const demo = lifetime.add(new DemoServer());
  const profiles = new Profiles(context.workspaceState);
  const firstMessage = new FirstMessage(profiles);
  const consent = new WorkspaceConsent(context.globalState);
  const starter = new ChatStarter(sessions, demo, consent, profiles, firstMessage);
  const guard = new OutgoingGuard();
  const editors = lifetime.add(new EditorInUse());
  const sender = new FileSender(starter, guard, firstMessage, editors);
  const code = new CodeSender(starter, guard, editors);
  const received = lifetime.add(new ReceivedFileSystem());
  const files = lifetime.add(new ReceivedFiles(received, systemClock, logger));
  const surfaces = { extensionUri: context.extensionUri, sessions, files, profiles, logger };
  const view = lifetime.add(new ChatViewProvider(surfaces));
  const tabs = lifetime.add(new ChatTabs(surfaces));
  const places = lifetime.add(new ChatPlaces(sessions, view, tabs));
  lifetime.add(new UploadProgress(sessions, systemClock));
  const unread = lifetime.add(new UnreadCounts(sessions, (it) => places.isInSight(it)));
  const presence = lifetime.add(new ChatPresence(sessions, view, places, unread));
  const applier = lifetime.add(new CodeApplier(editors));
  const intents = new IntentHandler(sessions, sender, files, presence, applier, editors);
  lifetime.add(places.onIntent((wish) => void run(wish.intent.type, () => intents.handle(wish))));
  const memory = [context.globalState, context.workspaceState];
  const localData = new LocalData(sessions, memory, received, logger);
  const services = { starter, sender, code, places, applier, localData, log, run };
  const transcripts = new Transcripts(sessions);
  const transcriptDocuments = lifetime.add(new TranscriptDocuments(sessions));
  const transcriptExport = new TranscriptExport(files, logger);
  const startPreview = lifetime.add(new StartPreview(profiles));
  const archive = new SessionArchive(parts.storage, logger, () => setImmediate());
  lifetime.add(new SessionTree(sessions, archive, unread));
  lifetime.add(new UnreadBadges(unread));
  const sessionCommands = new SessionCommands(sessions, starter, view, tabs, transcriptExport);
  const search = new SessionSearch(sessions, archive, view);
  const reading = { transcripts, transcriptDocuments, sessionCommands, search, startPreview };
  lifetime.add(registerCommands({ ...services, ...reading }));
}

/** VS Code waits for this before it lets the extension go. */
export async function deactivate(): Promise<void> {
  await sessions?.flush();
  sessions?.dispose();
}

/** Each window comes back to its own sessions. */
function sessionMemory(state: vscode.Memento): SessionMemory {
  return {
    last: () => {
      const keys = state.get<unknown>(SESSIONS_KEY);
      return areKeys(keys) ? keys : [];
    },
    remember: (keys) => void state.update(SESSIONS_KEY, keys.length > 0 ? keys : undefined),
  };
}

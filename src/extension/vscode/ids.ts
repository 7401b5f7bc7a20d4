// Every name that package.json and the code share. A test compares the two.

/** Of the chat's view, and of its tabs: VS Code asks for the two in different places. */
export const VIEW_ID = 'twin.chat';
export const SESSIONS_VIEW_ID = 'twin.sessions';
export const SECTION = 'twin';

export const COMMANDS = {
  startChat: 'twin.startChat',
  startDemo: 'twin.startDemo',
  startBeside: 'twin.startBeside',
  restartChat: 'twin.restartChat',
  endChat: 'twin.endChat',
  attachActiveFile: 'twin.attachActiveFile',
  sendActiveFile: 'twin.sendActiveFile',
  sendSelection: 'twin.sendSelection',
  sendProblems: 'twin.sendProblems',
  sendDiff: 'twin.sendDiff',
  attachFiles: 'twin.attachFiles',
  findInChat: 'twin.findInChat',
  replyToMessage: 'twin.replyToMessage',
  copyMessageAsText: 'twin.copyMessageAsText',
  copyMessageAsMarkdown: 'twin.copyMessageAsMarkdown',
  copyMessageAsJson: 'twin.copyMessageAsJson',
  copyChatAsText: 'twin.copyChatAsText',
  copyChatAsMarkdown: 'twin.copyChatAsMarkdown',
  copyChatAsJson: 'twin.copyChatAsJson',
  openTranscript: 'twin.openTranscript',
  exportTranscript: 'twin.exportTranscript',
  applyChange: 'twin.applyChange',
  discardChange: 'twin.discardChange',
  setChatId: 'twin.setChatId',
  chooseProfile: 'twin.chooseProfile',
  previewStart: 'twin.previewStart',
  openSession: 'twin.openSession',
  renameSession: 'twin.renameSession',
  deleteSession: 'twin.deleteSession',
  openInEditor: 'twin.openInEditor',
  searchSessions: 'twin.searchSessions',
  showLog: 'twin.showLog',
  deleteAllData: 'twin.deleteAllData',
} as const;
export type CommandName = keyof typeof COMMANDS;

/** Settings, as named below the section `twin`. */
export const SETTINGS = {
  chatId: 'chatId',
  sessionName: 'sessionName',
  clientExternalId: 'clientExternalId',
  clientMetadata: 'clientMetadata',
  readReceipts: 'readReceipts',
  sendOn: 'sendOn',
  notifications: 'notifications',
  language: 'language',
  fontSize: 'fontSize',
  fontFamily: 'fontFamily',
  maxAttachmentSize: 'attachments.maxSizeMB',
  profiles: 'profiles',
  retentionDays: 'history.retentionDays',
  apiUrl: 'apiUrl',
  messagesUrl: 'messagesUrl',
} as const;

/** Where the workspace keeps the name of the profile that was chosen in it. */
export const PROFILE_KEY = 'twin.profile';

/** Where the workspace keeps which sessions it had. */
export const SESSIONS_KEY = 'twin.sessions';

/** Context key for `when` clauses: `none`, `live` or `ended`. */
export const SESSION_CONTEXT = 'twin.session';

// Every name that package.json and the code share. A test compares the two.

export const VIEW_ID = 'twin.chat';
export const SECTION = 'twin';

export const COMMANDS = {
  startChat: 'twin.startChat',
  startDemo: 'twin.startDemo',
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
  apiUrl: 'apiUrl',
  messagesUrl: 'messagesUrl',
} as const;

/** Where the workspace keeps the name of the profile that was chosen in it. */
export const PROFILE_KEY = 'twin.profile';

/** Where the workspace keeps which session it had. */
export const SESSION_KEY = 'twin.session';

/** Context key for `when` clauses: `none`, `live` or `ended`. */
export const SESSION_CONTEXT = 'twin.session';

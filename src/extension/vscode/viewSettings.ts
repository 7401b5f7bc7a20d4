import * as vscode from 'vscode';
import type { ViewSettings } from '../../shared/hostMessage';
import { localization } from './localization';
import {
  chatIdSetting,
  fontFamilySetting,
  fontSizeSetting,
  maxAttachmentBytes,
  sendOnSetting,
} from './settings';

/** The settings and words of the view, as they are now. */
export function viewSettings(): ViewSettings {
  const { language, texts } = localization();
  return {
    language,
    texts,
    sendOn: sendOnSetting(),
    fontSize: fontSizeSetting(),
    fontFamily: fontFamilySetting(),
    hasChatId: chatIdSetting() !== '',
    maxAttachmentSize: maxAttachmentBytes(),
    trusted: vscode.workspace.isTrusted,
  };
}

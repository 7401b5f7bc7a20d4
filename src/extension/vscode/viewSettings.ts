import * as vscode from 'vscode';
import type { ViewSettings } from '../../shared/hostMessage';
import { localization } from './localization';
import type { Profiles } from './profiles';
import { fontFamilySetting, fontSizeSetting, maxAttachmentBytes, sendOnSetting } from './settings';

/** The settings and words of the view, as they are now. */
export function viewSettings(profiles: Profiles): ViewSettings {
  const { language, texts } = localization();
  return {
    language,
    texts,
    sendOn: sendOnSetting(),
    fontSize: fontSizeSetting(),
    fontFamily: fontFamilySetting(),
    hasChatId: profiles.hasChatId,
    hasProfiles: profiles.any,
    profile: profiles.chosen?.name ?? null,
    maxAttachmentSize: maxAttachmentBytes(),
    trusted: vscode.workspace.isTrusted,
  };
}

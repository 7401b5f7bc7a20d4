import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import { PROFILE_KEY, SECTION, SETTINGS } from './ids';
import { chatIdSetting, profilesSetting, type Profile } from './settings';

/** A profile, the plain settings, or the wish to write profiles. */
export type ProfileChoice = Profile | 'settings' | 'edit';

/** The profiles of the settings, and which of them this workspace starts chats with. */
export class Profiles {
  constructor(private readonly memory: vscode.Memento) {}

  /** `null` for the plain settings; also when the one that was chosen is no more. */
  get chosen(): Profile | null {
    const name = this.memory.get<string>(PROFILE_KEY);
    return name === undefined ? null : this.named(name);
  }

  get any(): boolean {
    return profilesSetting().length > 0;
  }

  /** Whether a chat can start without asking for its id. */
  get hasChatId(): boolean {
    return this.chosen !== null || chatIdSetting() !== '';
  }

  named(name: string): Profile | null {
    return profilesSetting().find((profile) => profile.name === name) ?? null;
  }

  async choose(profile: Profile | null): Promise<void> {
    await this.memory.update(PROFILE_KEY, profile?.name);
  }

  /** Lets the person choose; `undefined` when he thinks better of it. */
  async ask(t: Translate): Promise<ProfileChoice | undefined> {
    const { chosen } = this;
    const mark = (isChosen: boolean): string => (isChosen ? '$(check) ' : '$(blank) ');
    const profiles = profilesSetting().map((profile) => ({
      choice: profile,
      label: `${mark(profile.name === chosen?.name)}${profile.name}`,
      description: profile.chatId + (profile.asksFirst ? ` · ${t('host.profile.asksFirst')}` : ''),
    }));
    const chatId = chatIdSetting();
    const settings = {
      choice: 'settings' as const,
      label: `${mark(chosen === null)}${t('host.profile.none')}`,
      description: chatId,
    };
    const edit = { choice: 'edit' as const, label: `$(gear) ${t('host.profile.edit')}` };
    const items = [...profiles, ...(chatId === '' ? [] : [settings]), edit];
    const title = t('host.profile.title');
    return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.choice;
  }
}

/** Opens settings.json where profiles are written, with an empty list if there is none yet. */
export async function editProfiles(): Promise<void> {
  const key = `${SECTION}.${SETTINGS.profiles}`;
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
    revealSetting: { key, edit: true },
  });
}

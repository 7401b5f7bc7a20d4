import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import { parseChatId } from './chatId';

/** Asks for a chat id, a widget snippet or a link; `undefined` when the person thinks better of it. */
export async function askChatId(t: Translate, current: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    prompt: t('host.chatId.prompt'),
    placeHolder: t('host.chatId.placeholder'),
    value: current,
    ignoreFocusOut: true,
    validateInput: (value) => explain(t, value),
  });
  return answer === undefined ? undefined : (parseChatId(answer) ?? undefined);
}

function explain(t: Translate, value: string): vscode.InputBoxValidationMessage | null {
  if (value.trim() === '') return null;
  const id = parseChatId(value);
  if (id === null)
    return {
      message: t('host.chatId.unclear'),
      severity: vscode.InputBoxValidationSeverity.Error,
    };
  if (id === value.trim()) return null;
  return {
    message: t('host.chatId.understood', { id }),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}

/** Without a chat id there are two ways to begin. */
export async function askHowToStart(t: Translate): Promise<'enterId' | 'demo' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        id: 'enterId' as const,
        label: `$(key) ${t('host.ask.enterId')}`,
        description: t('host.ask.enterIdDetail'),
      },
      {
        id: 'demo' as const,
        label: `$(beaker) ${t('host.ask.demo')}`,
        description: t('host.ask.demoDetail'),
      },
    ],
    { title: t('host.ask.title') },
  );
  return picked?.id;
}

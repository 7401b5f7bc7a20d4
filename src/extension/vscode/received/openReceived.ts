import * as vscode from 'vscode';
import { localization } from '../localization';
import { splitExtension } from '../safeFileName';
import { decodeText } from './decodeText';
import { pictureFormat } from './pictureFormat';
import type { ReceivedFileSystem } from './receivedFileSystem';

/** UTF-16 units of a text that go into an editor. */
const MAX_TEXT = 10_000_000;

/**
 * Shows a file where it can do no harm: a picture in VS Code's viewer, text read-only in an editor.
 *
 * @param name safe already
 * @returns false for what can be shown in neither way
 */
export async function openReceived(
  name: string,
  data: Uint8Array,
  files: ReceivedFileSystem,
): Promise<boolean> {
  const format = pictureFormat(data);
  if (format !== null) {
    const { inspectPicture } = await import('./inspectPicture');
    const facts = inspectPicture(data);
    if (facts === 'tooManyPixels' || facts === 'notPicture') return false;
    const uri = files.add(pictureName(name, format), data);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
    return true;
  }
  const text = decodeText(data)?.text;
  if (text === undefined) return false;
  const uri = files.add(name, new TextEncoder().encode(text.slice(0, MAX_TEXT)));
  await vscode.window.showTextDocument(uri, { preview: true });
  if (text.length > MAX_TEXT) {
    const megabytes = MAX_TEXT / 1_000_000;
    const words = localization().t('host.fetch.beginning', { name, megabytes });
    void vscode.window.showWarningMessage(words);
  }
  return true;
}

/** VS Code chooses the viewer by the name, so the name must say what the picture is. */
function pictureName(name: string, format: string): string {
  const [, extension] = splitExtension(name);
  const known = extension
    .slice(1)
    .toLowerCase()
    .replace(/^jpe?$/, 'jpeg');
  return known === format ? name : `${name}.${format}`;
}

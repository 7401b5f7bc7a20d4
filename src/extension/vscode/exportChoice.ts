import * as vscode from 'vscode';
import type { TranscriptFormat } from '../session/transcript/renderTranscript';
import { localization } from './localization';

export interface ExportChoice {
  readonly format: TranscriptFormat;
  /** Whether what the settings say of the client, values of addresses' queries, and secrets go out. */
  readonly redact: boolean;
  readonly attachments: boolean;
}

/** In the order in which they are offered. */
export const EXTENSIONS: Readonly<Record<TranscriptFormat, string>> = {
  markdown: 'md',
  html: 'html',
  text: 'txt',
  json: 'json',
};

/** Asks for the format, then for what is in it; `null` when the person thinks better of it. */
export async function chooseExport(): Promise<ExportChoice | null> {
  const { t } = localization();
  const formats = (Object.keys(EXTENSIONS) as TranscriptFormat[]).map((format) => ({
    label: t(`export.format.${format}`),
    description: `.${EXTENSIONS[format]}`,
    format,
  }));
  const title = t('export.title');
  const format = await vscode.window.showQuickPick(formats, {
    title,
    placeHolder: t('export.chooseFormat'),
  });
  if (format === undefined) return null;
  const redact = {
    label: t('export.redact'),
    detail: t('export.redactDetail'),
    picked: true,
  };
  const attachments = {
    label: t('export.attachments'),
    detail: t(format.format === 'html' ? 'export.attachmentsInPage' : 'export.attachmentsBeside'),
    picked: false,
  };
  const parts = await vscode.window.showQuickPick([redact, attachments], {
    title,
    placeHolder: t('export.chooseParts'),
    canPickMany: true,
  });
  if (parts === undefined) return null;
  const has = (label: string): boolean => parts.some((part) => part.label === label);
  return { format: format.format, redact: has(redact.label), attachments: has(attachments.label) };
}

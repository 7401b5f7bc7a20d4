// What a received file really is, and whether its name and its stated type own up to it.

import { isProgramName, type FileKind } from '../../../shared/fileState';
import { splitExtension } from '../safeFileName';
import { decodeText } from './decodeText';

/** How much is looked at, bytes: signatures stand at the beginning. */
const HEAD = 256 * 1024;

const PROGRAMS = ['exe', 'elf', 'macho', 'lnk', 'deb', 'rpm', 'apk', 'jar', 'class', 'swf', 'crx'];
const ARCHIVES =
  /^application\/(zip|gzip|x-gzip|x-7z-compressed|vnd\.rar|x-rar-compressed|x-tar|x-bzip2?|x-xz|zstd)$/;
const DOCUMENTS =
  /^application\/(msword|rtf|x-cfb|epub\+zip|vnd\.(ms-|openxmlformats-|oasis\.opendocument))/;
const TEXTS = /^(text\/|application\/(json|xml|javascript|yaml|sql|x-sh|toml)|.*\+(json|xml)$)/;
/** To tables of content types these are videos; to everybody here they are TypeScript. */
const TYPESCRIPT = /\.[mc]?ts$/i;

/** The parts of a kind that content may well have under a name that claims it. */
const FITTING: Readonly<Record<FileKind, readonly FileKind[]>> = {
  program: ['program', 'page', 'text', 'archive', 'document', 'data'],
  page: ['page', 'text'],
  text: ['text', 'page'],
  picture: ['picture'],
  pdf: ['pdf'],
  document: ['document', 'archive'],
  archive: ['archive', 'document'],
  audio: ['audio', 'video', 'data'],
  video: ['video', 'audio', 'data'],
  data: [],
};

export interface FileFacts {
  readonly kind: FileKind;
  /** False when the name or the stated type says something else. */
  readonly asClaimed: boolean;
}

/**
 * Compares what the bytes are with what is said of them. What claims nothing (no extension, an
 * unknown one, `application/octet-stream`) belies nothing, unless it is a program.
 *
 * @param statedType the server's content type
 */
export async function fileFacts(
  name: string,
  statedType: string | null,
  data: Uint8Array,
): Promise<FileFacts> {
  const kind = await kindOfContent(data);
  const claims = [await kindOfName(name), kindOfType(statedType)].filter((it) => it !== null);
  const isTypeScript = kind === 'text' && TYPESCRIPT.test(name);
  const fits = claims.every((claim) => FITTING[claim].includes(kind));
  const hidesProgram = kind === 'program' && !isProgramName(name);
  const isEmpty = data.length === 0; // there is nothing in it that could be something else
  return { kind, asClaimed: isEmpty || ((fits || isTypeScript) && !hidesProgram) };
}

async function kindOfContent(data: Uint8Array): Promise<FileKind> {
  const { fileTypeOf } = await import('../typeTables');
  const found = await fileTypeOf(data.subarray(0, HEAD));
  if (found !== undefined && PROGRAMS.includes(found.ext)) return 'program';
  const known = found === undefined ? null : kindOfType(found.mime);
  if (known !== null && known !== 'text') return known;
  const text = decodeText(data)?.text;
  if (text === undefined) return 'data';
  return /^\s*<(!doctype html|html)\b/i.test(text) ? 'page' : 'text';
}

async function kindOfName(name: string): Promise<FileKind | null> {
  if (isProgramName(name)) return 'program';
  const [, extension] = splitExtension(name);
  const { lookup } = await import('../typeTables');
  return kindOfType(extension === '' ? null : lookup(extension) || null);
}

function kindOfType(type: string | null): FileKind | null {
  const plain = type?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (plain === 'text/html' || plain === 'application/xhtml+xml') return 'page';
  if (TEXTS.test(plain)) return 'text';
  if (plain === 'application/pdf') return 'pdf';
  if (ARCHIVES.test(plain)) return 'archive';
  if (DOCUMENTS.test(plain)) return 'document';
  const [family] = plain.split('/');
  return family === 'image' ? 'picture' : family === 'audio' || family === 'video' ? family : null;
}

// Files as people really get them: in old encodings, under names that lie, behind links that are dead.
import { randomUUID } from 'node:crypto';
import type { StoredFile } from '../fileStore';
import type { KeepFile } from './bot';
import type { Words } from './words';

const PAGE =
  '<!DOCTYPE html><html><title>Sign in</title><body>Sign in to see the invoice.</body></html>';

export function sampleFiles({ fileNames, tableContent }: Words, keep: KeepFile): StoredFile[] {
  const add = (name: string, contentType: string, content: Buffer): StoredFile =>
    keep({ name, contentType, content, isPrivate: false });
  const gone = add(fileNames.gone, 'text/plain', Buffer.from('gone'));
  return [
    add(fileNames.table, 'text/csv', inWindowsEncoding(tableContent)),
    add(fileNames.settings, 'application/json', Buffer.from('{\n  "theme": "dark"\n}\n')),
    add(fileNames.invoice, 'application/pdf', Buffer.from(PAGE)),
    { ...gone, id: randomUUID() }, // an id that the platform does not know
  ];
}

/** Windows-1251 for Russian letters, Windows-1252 (which is Latin-1 here) for western ones. */
function inWindowsEncoding(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (letter === 'Ё') return 0xa8;
      if (letter === 'ё') return 0xb8;
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
    }),
  );
}

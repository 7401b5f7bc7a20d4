import { isRecord } from '../../shared/guards';
import type { ContractDrift } from './contractDrift';
import type { RemoteFile } from './model';
import { field, isAbsent, readNumber, readText, readWord } from './reader';

const LOOKS_LIKE_ADDRESS = /^(https?:)?\/|^data:/i;

/**
 * Decodes a file: the documented object, an address, or a bare id.
 *
 * @returns `null` for nothing (null, absent, empty)
 */
export function decodeFile(value: unknown, path: string, drift: ContractDrift): RemoteFile | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string') return fromString(value);
  if (!isRecord(value)) {
    drift.report(path, 'object', value);
    return typeof value === 'number' ? fromString(String(value)) : null;
  }
  const file = fromRecord(value, path, drift);
  if (file.id !== null || file.url !== null || file.name !== '') return file;
  drift.report(path, 'file with an id, a name or an address', value);
  return null;
}

/** Decodes `attachments`: never fewer files than came, unless one says nothing at all. */
export function decodeFiles(
  value: unknown,
  path: string,
  drift: ContractDrift,
): readonly RemoteFile[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) drift.report(path, 'array', value);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    if (typeof item === 'string') drift.report(`${path}[]`, 'object', item);
    return decodeFile(item, `${path}[]`, drift) ?? [];
  });
}

/** Decodes an avatar: a file, an address, a list that holds one, nothing. */
export function decodeAvatar(
  value: unknown,
  path: string,
  drift: ContractDrift,
): RemoteFile | null {
  if (!Array.isArray(value)) return decodeFile(value, path, drift);
  drift.report(path, 'object', value);
  for (const item of value as readonly unknown[]) {
    const file = decodeFile(item, `${path}[]`, drift);
    if (file !== null) return file;
  }
  return null;
}

function fromString(text: string): RemoteFile {
  const isAddress = LOOKS_LIKE_ADDRESS.test(text);
  return {
    id: isAddress ? null : text,
    name: isAddress ? nameOfAddress(text) : text,
    contentType: null,
    size: null,
    url: isAddress ? text : null,
  };
}

function fromRecord(
  record: Record<string, unknown>,
  path: string,
  drift: ContractDrift,
): RemoteFile {
  const word = (name: string): string | null =>
    readWord(field(record, name), `${path}.${name}`, drift);
  const url = word('downloadLink') ?? word('url');
  if (Object.hasOwn(record, 'sugestedExtension'))
    drift.report(`${path}.suggestedExtension`, 'this spelling', 'sugestedExtension');
  return {
    id: word('id'),
    name:
      readText(field(record, 'name'), `${path}.name`, drift) ??
      composedName(word('baseName'), word('extension')) ??
      (url === null ? '' : nameOfAddress(url)),
    contentType: word('contentType'),
    size: readNumber(field(record, 'size'), 'either', `${path}.size`, drift),
    url,
  };
}

function composedName(base: string | null, extension: string | null): string | null {
  if (base === null) return null;
  return extension === null ? base : `${base}.${extension}`;
}

function nameOfAddress(address: string): string {
  if (address.startsWith('data:')) return '';
  const last = /([^/?#]*)(?:[?#].*)?$/s.exec(address)?.[1] ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

import type { Problem } from '../../shared/problem';
import type { RemoteFile } from '../twin/model';
import type { Cleared } from './cleared';
import type { OutgoingFile } from './outgoingFile';

/** One file on its way to TWIN. */
export interface Upload {
  readonly id: string;
  /** `null` for one that was uploaded before. */
  readonly file: Cleared<OutgoingFile> | null;
  /** `held` until the person has said that something of his may go; `waiting` for its turn. */
  state: 'held' | 'waiting' | 'running' | 'ready' | 'failed';
  /** Of the file, that have left. */
  sentBytes: number;
  remote: RemoteFile | null;
  problem: Problem | null;
  abort: AbortController | null;
  /** The person wants it although the host refused one like it. */
  insisted: boolean;
}

/** The files that have not arrived yet. */
export interface UploadsUnderWay {
  readonly names: readonly string[];
  /** Bytes, of all of them. */
  readonly size: number;
  readonly sentBytes: number;
}

export function newUpload(known: Pick<Upload, 'id'> & Partial<Upload>): Upload {
  return {
    file: null,
    state: 'waiting',
    sentBytes: 0,
    remote: null,
    problem: null,
    abort: null,
    insisted: false,
    ...known,
  };
}

export function isUnderWay({ state }: Upload): boolean {
  return state === 'waiting' || state === 'running';
}

/** `null` when all have arrived, or will not. */
export function underWay(all: Iterable<Upload>): UploadsUnderWay | null {
  const uploads = [...all].filter(isUnderWay);
  if (uploads.length === 0) return null;
  return {
    names: uploads.flatMap(({ file }) => file?.name ?? []),
    size: sum(uploads.map(({ file }) => file?.size ?? 0)),
    sentBytes: sum(uploads.map(({ sentBytes }) => sentBytes)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

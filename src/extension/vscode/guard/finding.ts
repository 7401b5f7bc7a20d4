/** What speaks against sending something. */
export type FindingKind =
  /** A private key. */
  | 'privateKey'
  /** A key or token of a service. */
  | 'token'
  /** An address, or a connection string, that holds a password. */
  | 'address'
  /** A password or another secret that is given a name. */
  | 'password'
  /** Files of this name hold private keys. */
  | 'keyName'
  /** Files of this name hold secrets. */
  | 'secretName'
  /** Git ignores the file. */
  | 'gitIgnored'
  /** It cannot be read, so that nobody knows. */
  | 'unread';

export interface Finding {
  readonly kind: FindingKind;
  /** Whose token it is; empty for the other kinds. */
  readonly service: string;
  /** Counted from 1; `null` for the file as a whole. */
  readonly line: number | null;
}

/** A secret somewhere in a text. */
export interface TextFinding extends Pick<Finding, 'kind' | 'service'> {
  /** Where it begins, in UTF-16 units. */
  readonly index: number;
  /** Where what was recognized of it ends. */
  readonly end: number;
}

/** Keys are asked about each time: an answer is not kept. */
export function isAboutKey({ kind }: Pick<Finding, 'kind'>): boolean {
  return kind === 'privateKey' || kind === 'keyName';
}

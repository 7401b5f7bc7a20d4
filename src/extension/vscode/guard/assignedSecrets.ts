// Secrets of no known shape, found by what they are called: `db_password = …`. In code only what is
// quoted and looks random counts; in a file of settings every value that is not an example.

import type { TextFinding } from './finding';
import { isPlaceholder } from './tokenShapes';

const NAME = String.raw`(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|(?:access|auth|private|secret|signing|encryption|master)[-_]?key|credentials?)`;
const ASSIGNED = new RegExp(
  String.raw`${NAME}\d{0,2}["']?\s{0,4}(?:=>|:=|[:=])\s{0,4}(?<quote>["'\x60]?)(?<value>[^\s"'\x60<>{}()$,;\\]{8,200})(?<end>["'\x60]?)`,
  'gi',
);
const XML =
  /<(?<name>[\w.:-]{0,60}(?:password|passwd|secret|token|apikey))>(?<value>[^<>\s${}]{6,200})<\//gi;
const NETRC =
  /\bmachine\s{1,4}\S{1,100}\s{1,4}login\s{1,4}\S{1,100}\s{1,4}password\s{1,4}(?<value>\S{4,200})/g;
const KUBERNETES = /^kind:\s{0,4}["']?Secret["']?\s*$/gm;

const SETTINGS_FILE =
  /(?:^|[./\\])(?:env[^/\\]*|[^/\\]*\.(?:env|properties|ini|cfg|conf|config|toml|ya?ml|json[c5]?|xml|tfvars|plist|cnf))$/i;
const CODE_LENGTH = 16;
/** Of what counts as random, bits for each character. */
const CODE_ENTROPY = 3.3;

/** @param fileName tells a file of settings from one of code */
export function assignedSecrets(content: string, fileName: string): readonly TextFinding[] {
  const isSettings = SETTINGS_FILE.test(fileName);
  const isSecret = isSettings ? isSettingsSecret : isCodeSecret;
  const patterns = isSettings ? [XML, NETRC] : [NETRC];
  const matches = [
    ...[...content.matchAll(ASSIGNED)].filter(isSecret),
    ...patterns.flatMap((pattern) => [...content.matchAll(pattern)].filter(isSettingsSecret)),
    ...(isSettings && content.includes('data:') ? [...content.matchAll(KUBERNETES)] : []),
  ];
  return matches.map(({ index, 0: found }) => ({
    ...{ kind: 'password', service: '', index },
    end: index + found.length,
  }));
}

/** Letters, and what a word of a language has not: a digit, or capitals and signs within. */
function isSettingsSecret({ groups }: RegExpMatchArray): boolean {
  const { value = '', quote = '', end = '' } = groups ?? {};
  const isRandom = /\d|[a-z][A-Z]|[A-Za-z][^\sA-Za-z]+[A-Z]/.test(value) && /[A-Za-z]/.test(value);
  return quote === end && isRandom && !isAddress(value) && !isPlaceholder(value);
}

function isCodeSecret({ groups }: RegExpMatchArray): boolean {
  const { value = '', quote, end } = groups ?? {};
  return (
    quote !== '' &&
    quote === end &&
    value.length >= CODE_LENGTH &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    entropy(value) >= CODE_ENTROPY &&
    !isAddress(value) &&
    !isPlaceholder(value)
  );
}

/** A path or an address, as settings of logins often are; one with a password is found as such. */
function isAddress(value: string): boolean {
  return value.startsWith('/') || value.includes('://');
}

/** Bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

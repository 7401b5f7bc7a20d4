// Shapes of tokens and keys that the library does not know. Each repetition has a bound, so that no
// text can make a search slow.

import type { TextFinding } from './finding';

/** Tokens, by the service that hands them out. */
const TOKENS: Readonly<Record<string, readonly RegExp[]>> = {
  AWS: [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
  Atlassian: [/\bATATT3[\w=-]{100,400}/g],
  Azure: [/\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{42,86}={1,2}/g],
  DigitalOcean: [/\bdo[opr]_v1_[a-f0-9]{64}\b/g],
  Discord: [/\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}\b/g],
  Doppler: [/\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9]{40,44}\b/g],
  Facebook: [/\bEAA[A-Za-z0-9]{90,400}\b/g],
  GitLab: [/\bgl(?:dt|rt|ptt|ft|oas|cbt|agent|soat|imt|ffct)-[\w-]{20,128}\b/g],
  Google: [
    /\bAIza[\w-]{35}(?![\w-])/g,
    /\bGOCSPX-[\w-]{28}(?![\w-])/g,
    /\bya29\.[\w-]{20,400}/g,
    /\b1\/\/0[\w-]{40,200}/g,
  ],
  Heroku: [/\bHRKU-[\w-]{36,80}/g],
  'JSON Web Token': [/\beyJ[\w-]{10,400}\.eyJ[\w-]{10,4000}\.[\w-]{16,1000}/g],
  Mailgun: [/\bkey-[a-f0-9]{32}\b/g],
  Mailchimp: [/\b[a-f0-9]{32}-us\d{1,2}\b/g],
  Mapbox: [/\bsk\.eyJ[\w-]{20,200}\.[\w-]{20,40}/g],
  Netlify: [/\bnfp_[A-Za-z0-9]{36,40}\b/g],
  'New Relic': [/\bNRAK-[A-Z0-9]{27}\b/g],
  NuGet: [/\boy2[a-z0-9]{43}\b/g],
  OpenRouter: [/\bsk-or-v1-[a-f0-9]{64}\b/g],
  PlanetScale: [/\bpscale_(?:tkn|pw|oauth)_[\w.-]{32,64}/g],
  Postman: [/\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b/g],
  Pulumi: [/\bpul-[a-f0-9]{40}\b/g],
  PyPI: [/\bpypi-AgEI[\w-]{50,500}/g],
  RubyGems: [/\brubygems_[a-f0-9]{48}\b/g],
  Sentry: [/\bsntry[su]_[\w+/=-]{40,400}/g],
  Slack: [/\bxoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{100,200}/g],
  Square: [/\b(?:sq0(?:atp|csp)-[\w-]{22,43}|EAAA[\w-]{60})(?![\w-])/g],
  Supabase: [/\bsb(?:p_[a-f0-9]{40}|_secret_[\w-]{20,60})\b/g],
  Telegram: [/\b\d{8,10}:AA[\w-]{33}(?![\w-])/g],
  Terraform: [/\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/g],
  Twilio: [/\bSK[a-f0-9]{32}\b/g],
  Yandex: [
    /\bAQVN[\w-]{35,38}(?![\w-])/g,
    /\by[0-3]_[\w-]{50,80}/g,
    /\bt1\.[\w-]{20,400}\.[\w-]{86}/g,
  ],
  xAI: [/\bxai-[A-Za-z0-9]{80}\b/g],
};

const PRIVATE_KEYS: readonly RegExp[] = [
  // With a stretch of the key after it: a mere mention of the header is none.
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^]{0,120}?[A-Za-z0-9+/]{40}/g,
  /^PuTTY-User-Key-File-\d: \S/gm,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/g,
  /\bPrivateKey\s{0,3}=\s{0,3}[A-Za-z0-9+/]{43}=/g, // WireGuard
  /\bclient-key-data:\s{0,4}[A-Za-z0-9+/=]{60}/g, // Kubernetes
  /<D>[A-Za-z0-9+/=\s]{60}/g, // .NET
  /"d"\s{0,4}:\s{0,4}"[\w-]{42,700}"/g, // JSON Web Key
];

const ADDRESSES: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/?#'"`<>{}$]{0,100}:(?<value>[^\s@/'"`<>{}$]{4,100})@[A-Za-z0-9[]/gi,
  /\b(?:User Id|Uid|User|Username|Server|Data Source|Database|Initial Catalog)=[^;"'\n]{1,100};\s?(?:Password|Pwd)=(?<value>[^;"'\s]{4,100})/gi,
];

const SHAPES: readonly (Pick<TextFinding, 'kind' | 'service'> & { readonly pattern: RegExp })[] = [
  ...PRIVATE_KEYS.map((pattern) => ({ kind: 'privateKey', service: '', pattern }) as const),
  ...ADDRESSES.map((pattern) => ({ kind: 'address', service: '', pattern }) as const),
  ...Object.entries(TOKENS).flatMap(([service, patterns]) =>
    patterns.map((pattern) => ({ kind: 'token', service, pattern }) as const),
  ),
];

/** Everything in a text that has the shape of a secret. */
export function shapedSecrets(content: string): readonly TextFinding[] {
  return SHAPES.flatMap(({ kind, service, pattern }) =>
    [...content.matchAll(pattern)]
      .filter((match) => !isPlaceholder(match.groups?.['value'] ?? match[0]))
      .map(({ index, 0: found }) => ({ kind, service, index, end: index + found.length })),
  );
}

const PLACEHOLDER =
  /example|placeholder|change.?me|your[-_]?|dummy|sample|redacted|x{4}|\*{3}|\.{3}|0{8}|12345678|abcdefgh|^(?:pass(?:word|wd)?|pwd|secret|token|test|user(?:name)?|null|none|undefined|true|false)$/i;

/** What stands where a secret would, in an example. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

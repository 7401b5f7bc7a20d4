// Secretlint's recommended patterns, run by themselves: its own frame would keep a profile of every
// call, and let a comment in the file switch a rule off.

import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import type { TextFinding } from './finding';

const PREFIX = '@secretlint/secretlint-rule-';
/** The first obeys comments; the second reads files by itself, for keys that ours find as well. */
const LEFT_OUT: readonly string[] = ['filter-comments', 'gcp'];
const scanners = rules
  .map((rule) => ({ rule, name: rule.meta.id.slice(PREFIX.length) }))
  .filter(({ name }) => !LEFT_OUT.includes(name));

/** How a rule's name is written, where it is not the name itself. */
const SERVICES: Readonly<Record<string, string>> = {
  aws: 'AWS',
  slack: 'Slack',
  sendgrid: 'SendGrid',
  shopify: 'Shopify',
  stripe: 'Stripe',
  github: 'GitHub',
  gitlab: 'GitLab',
  grafana: 'Grafana',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  groq: 'Groq',
  huggingface: 'Hugging Face',
  linear: 'Linear',
  notion: 'Notion',
  '1password': '1Password',
  'hashicorp-vault': 'Vault',
  vercel: 'Vercel',
  databricks: 'Databricks',
  docker: 'Docker',
  figma: 'Figma',
  cloudflare: 'Cloudflare',
  tailscale: 'Tailscale',
};

/** Of the rules that look for something else than a token. */
const KINDS: Readonly<Record<string, TextFinding['kind']>> = {
  privatekey: 'privateKey',
  basicauth: 'address',
  'database-connection-string': 'address',
};

/** @param fileName some patterns hold for files of one name only */
export function librarySecrets(content: string, fileName: string): readonly TextFinding[] {
  const found: TextFinding[] = [];
  const source = { content, filePath: fileName } as SecretLintSourceCode; // all that they look at
  for (const { rule, name } of scanners) {
    const kind = KINDS[name] ?? 'token';
    const service = kind === 'token' ? (SERVICES[name] ?? name) : '';
    const context: SecretLintRuleContext = {
      sharedOptions: {},
      createTranslator: () => (id, data) => ({ messageId: String(id), message: '', data }),
      report: ({ range: [index, end] }) => found.push({ kind, service, index, end }),
      ignore: () => undefined,
    };
    void rule.create(context, {}).file?.(source);
  }
  return found;
}

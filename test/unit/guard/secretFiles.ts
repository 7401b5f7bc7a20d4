// Sixty files that hold a secret, as people have them. Every secret is made anew from a seed, and its
// tell-tale beginning is put together here, so that no file of this repository holds one.
import { generateKeyPairSync } from 'node:crypto';
import { SeededRandom } from '../../support/seeds';

export interface SecretFile {
  readonly path: string;
  readonly content: string;
  /** The line that the secret begins on, counted from 1; `null` when the name alone tells. */
  readonly line: number | null;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const ALNUM = `${LOWER}${LOWER.toUpperCase()}${DIGITS}`;
const BASE32 = `${LOWER.toUpperCase()}234567`;
const WORDS = ['kestrel', 'walnut', 'harbour', 'lantern', 'cobalt', 'meadow', 'ember', 'quartz'];

/** Parts of tell-tale beginnings: whole ones would be taken for secrets. */
const MARKS = {
  private: 'PRIVATE',
  live: 'live',
  agei: 'AgEI',
  file: 'File',
  key: 'KEY',
  za: 'za',
  b: 'b',
  fj: 'FJ',
  api03: 'api03',
  v1: 'v1',
};

/** Each file's own numbers, so that one more file changes none of the others. */
class Maker {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  chars(length: number, from = ALNUM): string {
    return Array.from({ length }, () => from[this.random.below(from.length)]).join('');
  }

  base64(bytes: number): string {
    return Buffer.from(Array.from({ length: bytes }, () => this.random.below(256))).toString(
      'base64',
    );
  }

  /** As a person makes one up. */
  password(): string {
    const word = () => this.random.pick(WORDS) ?? '';
    return `${word()}-${word().toUpperCase()}${this.chars(3, DIGITS)}`;
  }

  wrapped(bytes: number, width = 64): string {
    return this.base64(bytes)
      .replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n')
      .trim();
  }
}

/** A text with one secret in it. */
interface Draft {
  readonly path: string;
  /** The secret stands in place of `@`. */
  readonly text: string;
  readonly secret: (make: Maker) => string;
  /** True when only the name tells. */
  readonly byName?: boolean;
}

const pem = (label: string, body: string): string => {
  const words = `${label} ${MARKS.private} KEY`.trim();
  return `-----BEGIN ${words}-----\n${body}\n-----END ${words}-----`;
};

function generated(type: 'pkcs1' | 'pkcs8' | 'sec1' | 'encrypted'): string {
  if (type === 'sec1') {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return privateKey.export({ type, format: 'pem' }).toString().trim();
  }
  if (type === 'pkcs8') {
    const { privateKey } = generateKeyPairSync('ed25519');
    return privateKey.export({ type, format: 'pem' }).toString().trim();
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const plain = { type: type === 'pkcs1' ? type : 'pkcs8', format: 'pem' } as const;
  const options =
    type === 'pkcs1' ? plain : { ...plain, cipher: 'aes-256-cbc', passphrase: 'none of yours' };
  return privateKey.export(options).toString().trim();
}

const inLine = (key: string): string => key.replaceAll('\n', '\\n');
const jwk = (): string =>
  JSON.stringify(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  );

function jsonWebToken(make: Maker): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: make.chars(8), exp: 1_900_000_000 })}.${make.chars(43)}`;
}

const DRAFTS: readonly Draft[] = [
  // Settings of applications
  { path: '.env', text: 'PORT=3000\nHOST=0.0.0.0\nDB_PASSWORD=@\n', secret: (m) => m.password() },
  {
    path: 'api/.env.production',
    text: 'NODE_ENV=production\nSTRIPE_KEY=@\n',
    secret: (m) => `sk_${MARKS.live}_${m.chars(24)}`,
  },
  { path: 'deploy/staging.env', text: 'REGION=eu\nSECRET=@\n', secret: (m) => m.chars(40) },
  {
    path: '.envrc',
    text: 'layout node\nexport GITHUB_TOKEN=@\n',
    secret: (m) => `ghp_${m.chars(36)}`,
  },
  {
    path: 'config/database.yml',
    text: 'production:\n  adapter: postgresql\n  username: app\n  password: @\n',
    secret: (m) => m.password(),
  },
  {
    path: 'src/main/resources/application.properties',
    text: 'server.port=8080\nspring.datasource.username=app\nspring.datasource.password=@\n',
    secret: (m) => m.password(),
  },
  {
    path: 'src/main/resources/application.yaml',
    text: 'mail:\n  host: mail.corp.ru\n  api-key: "@"\n',
    secret: (m) => m.chars(32, HEX),
  },
  {
    path: 'appsettings.json',
    text: '{\n  "ConnectionStrings": {\n    "Default": "Server=db;User Id=sa;Password=@;Encrypt=true"\n  }\n}\n',
    secret: (m) => m.password(),
  },
  {
    path: 'web.config',
    text: '<configuration>\n  <connectionStrings>\n    <add connectionString="Data Source=sql01;Initial Catalog=shop;Database=shop;Password=@" />\n  </connectionStrings>\n</configuration>\n',
    secret: (m) => m.password(),
  },
  {
    path: 'settings.toml',
    text: '[auth]\nissuer = "corp"\nclient_secret = "@"\n',
    secret: (m) => m.chars(40),
  },
  {
    path: 'infra/terraform.tfvars',
    text: 'region = "eu-west-1"\ndb_password = "@"\n',
    secret: (m) => m.password(),
  },
  {
    path: 'infra/terraform.tfstate',
    text: '{ "version": 4, "outputs": { "root": { "value": "@" } } }\n',
    secret: (m) => m.password(),
    byName: true,
  },
  {
    path: 'wp-config.php',
    text: "<?php\ndefine('DB_NAME', 'blog');\ndefine('DB_USER', '@');\n",
    secret: (m) => m.password(),
    byName: true,
  },
  {
    path: 'pom-settings.xml',
    text: '<settings>\n  <server>\n    <id>nexus</id>\n    <password>@</password>\n  </server>\n</settings>\n',
    secret: (m) => m.password(),
  },
  {
    path: 'k8s/secret-api.yaml',
    text: 'apiVersion: v1\n@\nmetadata:\n  name: api\ndata:\n  value: c2VjcmV0\n',
    secret: () => 'kind: Secret',
  },
  {
    path: 'docker-compose.yml',
    text: 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: @\n',
    secret: (m) => m.password(),
  },
  // What tools keep
  {
    path: '.npmrc',
    text: 'registry=https://npm.corp.ru/\n//npm.corp.ru/:@\n',
    secret: (m) => `_authToken=${m.chars(36)}`,
  },
  {
    path: 'home/.pypirc',
    text: '[pypi]\nusername = __token__\npassword = @\n',
    secret: (m) => `pypi-${MARKS.agei}${m.chars(120)}`,
  },
  {
    path: 'home/.netrc',
    text: 'machine git.corp.ru login anna password @\n',
    secret: (m) => m.password(),
    byName: true,
  },
  {
    path: 'home/.git-credentials',
    text: '@\n',
    secret: (m) => `https://anna:${m.chars(20)}@git.corp.ru`,
  },
  { path: 'home/.pgpass', text: 'db:5432:shop:app:@\n', secret: (m) => m.password(), byName: true },
  {
    path: 'home/.aws/credentials',
    text: '[default]\naws_access_key_id = @\n',
    secret: (m) => `AKIA${m.chars(16, BASE32)}`,
  },
  {
    path: 'home/.docker/config.json',
    text: '{ "auths": { "hub.corp.ru": { "auth": "@" } } }\n',
    secret: (m) => m.base64(24),
    byName: true,
  },
  {
    path: 'home/.kube/config',
    text: 'users:\n- name: admin\n  user:\n    @\n',
    secret: (m) => `client-key-data: ${m.base64(600)}`,
  },
  {
    path: 'site/.htpasswd',
    text: 'anna:@\n',
    secret: (m) => `$apr1$${m.chars(8)}$${m.chars(22)}`,
    byName: true,
  },
  { path: 'home/.vault-token', text: '@\n', secret: (m) => `hvs.${m.chars(95)}` },
  {
    path: 'home/.ssh/id_rsa',
    text: '@\n',
    secret: (m) => pem('OPENSSH', `b3BlbnNzaC1rZXktdjE${m.wrapped(900)}`),
  },
  {
    path: 'home/.bash_history',
    text: 'ls\nmysql -u root -p@\n',
    secret: (m) => m.password(),
    byName: true,
  },
  // Keys
  { path: 'certs/server.key', text: '@\n', secret: () => generated('pkcs1') },
  { path: 'certs/server.pem', text: 'subject=/CN=corp.ru\n\n@\n', secret: () => generated('sec1') },
  {
    path: 'certs/notes.txt',
    text: 'Put this on the server:\n\n@\n',
    secret: () => generated('pkcs8'),
  },
  { path: 'certs/locked.txt', text: '@\n', secret: () => generated('encrypted') },
  {
    path: 'certs/old.txt',
    text: '@\n',
    secret: (m) =>
      pem(
        'RSA',
        `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${m.chars(32, HEX).toUpperCase()}\n\n${m.wrapped(900)}`,
      ),
  },
  {
    path: 'certs/mail.asc',
    text: '@\n',
    secret: (m) =>
      pem('PGP', `Version: GnuPG v2\n\n${m.wrapped(600)}`).replaceAll('KEY-', 'KEY BLOCK-'),
  },
  {
    path: 'certs/session.ppk',
    text: '@: ssh-ed25519\nEncryption: none\n',
    secret: () => `PuTTY-User-Key-${MARKS.file}-3`,
  },
  {
    path: 'vpn/wg0.conf',
    text: '[Interface]\nAddress = 10.0.0.2/24\n@\n',
    secret: (m) => `PrivateKey = ${m.base64(32)}`,
  },
  {
    path: 'vpn/office.ovpn',
    text: 'client\ndev tun\n<key>\n@\n</key>\n',
    secret: () => generated('pkcs8'),
  },
  {
    path: 'keys/age.txt',
    text: '# created: today\n@\n',
    secret: (m) => `AGE-SECRET-${MARKS.key}-1${m.chars(58, BASE32)}`,
  },
  { path: 'keys/signing.json', text: '{\n "keys": [\n  @\n ]\n}\n', secret: jwk },
  {
    path: 'cloud/shop-4711.json',
    text: '{\n  "type": "service_account",\n  "private_key_id": "1",\n  "private_key": "@\\n"\n}\n',
    secret: () => inLine(generated('pkcs8')),
  },
  // Code and notes
  {
    path: 'src/client.ts',
    text: "import { Client } from './api';\n\nexport const client = new Client('@');\n",
    secret: (m) => `ghp_${m.chars(36)}`,
  },
  {
    path: 'src/bot.py',
    text: 'import telebot\n\nbot = telebot.TeleBot("@")\n',
    secret: (m) => `${m.chars(1, '123456789')}${m.chars(9, DIGITS)}:AA${m.chars(33)}`,
  },
  {
    path: 'src/Storage.java',
    text: 'class Storage {\n  private static final String KEY_ID = "@";\n}\n',
    secret: (m) => `AKIA${m.chars(16, BASE32)}`,
  },
  {
    path: 'src/upload.rb',
    text: 'Aws.config.update(\n  aws_secret_access_key: "@"\n)\n',
    secret: (m) => m.chars(40),
  },
  {
    path: 'src/maps.js',
    text: '/* map */\nloadMap({ key: "@" });\n',
    secret: (m) => `AI${MARKS.za}${m.chars(35)}`,
  },
  {
    path: 'src/alerts.go',
    text: 'package alerts\n\nconst hook = "@"\n',
    secret: (m) =>
      `https://hooks.slack.com/services/T${m.chars(10)}/B${m.chars(10)}/${m.chars(24)}`,
  },
  {
    path: 'src/slack.php',
    text: '<?php\n$slack = new Slack("@");\n',
    secret: (m) => `xox${MARKS.b}-${m.chars(12, DIGITS)}-${m.chars(12, DIGITS)}-${m.chars(24)}`,
  },
  {
    path: 'src/ask.py',
    text: 'client = OpenAI(\n    api_key="@",\n)\n',
    secret: (m) => `sk-proj-${m.chars(74)}T3Blbk${MARKS.fj}${m.chars(74)}`,
  },
  {
    path: 'src/claude.ts',
    text: 'const key =\n  "@";\n',
    secret: (m) => `sk-ant-${MARKS.api03}-${m.chars(93)}AA`,
  },
  {
    path: 'src/mailer.js',
    text: 'mail.setApiKey("@");\n',
    secret: (m) => `SG.${m.chars(22)}.${m.chars(43)}`,
  },
  {
    path: 'src/db.ts',
    text: 'export const url =\n  "@/shop";\n',
    secret: (m) => `postgres://app:${m.password()}@db.corp.ru:5432`,
  },
  {
    path: 'src/queue.kt',
    text: 'val queue = connect("@/jobs")\n',
    secret: (m) => `amqps://worker:${m.password()}@mq.corp.ru`,
  },
  {
    path: 'src/auth.cs',
    text: 'class Auth {\n  const string ApiKey = "@";\n}\n',
    secret: (m) => m.chars(32),
  },
  {
    path: 'src/blob.ps1',
    text: '$account = "DefaultEndpointsProtocol=https;AccountName=shop;@"\n',
    secret: (m) => `AccountKey=${m.base64(64)}`,
  },
  {
    path: 'test/login.http',
    text: 'GET https://api.corp.ru/me\nAuthorization: Bearer @\n',
    secret: jsonWebToken,
  },
  {
    path: 'docs/deploy.md',
    text: '# Deploy\n\n    yc iam create-token  # @\n',
    secret: (m) => `t1.${m.chars(60)}.${m.chars(86)}`,
  },
  {
    path: 'docs/hosting.md',
    text: 'The token of the droplets:\n\n`@`\n',
    secret: (m) => `dop_${MARKS.v1}_${m.chars(64, HEX)}`,
  },
  {
    path: '.gitlab-ci.yml',
    text: 'deploy:\n  script:\n    - git push https://ci:@@git.corp.ru/x.git\n',
    secret: (m) => `glpat-${m.chars(20)}`,
  },
  {
    path: '.github/workflows/ship.yml',
    text: 'env:\n  HF: @\n',
    secret: (m) => `hf_${m.chars(34, LOWER)}`,
  },
  {
    path: 'логи/вчера.log',
    text: 'старт\nзапрос\nтокен @ принят\n',
    secret: (m) => `npm_${m.chars(36)}`,
  },
];

/** The corpus: the same files in every run, but for keys that only a library can make. */
export function secretFiles(): readonly SecretFile[] {
  return DRAFTS.map(({ path, text, secret, byName }, index) => {
    const before = text.slice(0, text.indexOf('@'));
    return {
      path,
      content: text.replace('@', () => secret(new Maker(index + 1))),
      line: byName === true ? null : before.split('\n').length,
    };
  });
}

import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  SCANNED_BYTES,
  scanBytes,
  scanText,
  type ScanOptions,
} from '../../../src/extension/vscode/guard/secretScan';

const OPTIONS: ScanOptions = { fileName: 'notes.txt', guess: true };
const TOKEN = `ghp_${'k3Yq'.repeat(9)}`;
const FILLER = 'an ordinary line of a log that says nothing at all\n';

async function* chunks(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

const linesOf = async (text: string) =>
  (await scanText(text, OPTIONS)).map(({ service, line }) => `${service} ${line}`);

describe('the scan of a content', () => {
  it('finds a secret wherever the pieces meet, once, and counts its line', async () => {
    const before = 64 * 1024;
    const after = FILLER.repeat(400); // without so much there is one piece only
    for (let shift = 0; shift <= 60; shift += 3) {
      const filler = 'x\n'.repeat((before - 60 + shift) / 2);
      const lines = filler.split('\n').length;
      deepEqual(await linesOf(`${filler}${TOKEN}\n${after}`), [`GitHub ${lines}`]);
    }
  });

  it('goes on after what it has found, to the end of a large text', async () => {
    const count = 8000;
    const text = `${TOKEN}\n${FILLER.repeat(count)}${TOKEN}`;
    deepEqual(await linesOf(text), ['GitHub 1', `GitHub ${count + 2}`]);
  });

  it('lets others have their turn between two pieces', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await scanText(FILLER.repeat(40_000), OPTIONS);
    clearInterval(timer);
    ok(turns > 3, `${turns} turns in 2 MB`);
  });

  it('reads what Windows writes as UTF-16', async () => {
    const bytes = Buffer.from(`\uFEFFпервая\r\n$token = "${TOKEN}"`, 'utf16le');
    deepEqual((await scanBytes(chunks([bytes]), OPTIONS)).at(0)?.line, 2);
  });

  it('reads UTF-16 of the other byte order', async () => {
    const bytes = Buffer.from(`\uFEFFfirst\n${TOKEN}`, 'utf16le').swap16();
    deepEqual((await scanBytes(chunks([bytes]), OPTIONS)).at(0)?.line, 2);
  });

  it('tells of fifty, and no more', async () => {
    equal((await linesOf(`${TOKEN}\n`.repeat(60))).length, 50);
  });

  it('tells of a secret of known shape that has a name once', async () => {
    const found = await scanText(`TOKEN=${TOKEN}`, { fileName: '.env', guess: true });
    deepEqual(
      found.map(({ kind }) => kind),
      ['token'],
    );
  });

  it('reads a character that two chunks share, and a legacy alphabet', async () => {
    const bytes = Buffer.from(`я${TOKEN}`);
    const cut = [bytes.subarray(0, 1), bytes.subarray(1)];
    equal((await scanBytes(chunks(cut), OPTIONS)).length, 0); // a letter before it: part of a word
    const legacy = Buffer.concat([Buffer.from([0xcf, 0xe0, 0x20]), Buffer.from(TOKEN)]);
    equal((await scanBytes(chunks([legacy]), OPTIONS)).length, 1);
  });

  it('says nothing of a binary file', async () => {
    const bytes = Buffer.concat([Buffer.from([0x7f, 0, 1]), Buffer.from(TOKEN)]);
    deepEqual(await scanBytes(chunks([bytes]), OPTIONS), []);
  });

  it('stops reading at its bound', async () => {
    let read = 0;
    const megabyte = Buffer.from(FILLER.repeat(1024 * 1024).slice(0, 1024 * 1024));
    const endless = async function* () {
      for (;;) {
        read += megabyte.length;
        yield await Promise.resolve(megabyte);
      }
    };
    deepEqual(await scanBytes(endless(), OPTIONS), []);
    equal(read, SCANNED_BYTES);
  });

  it('guesses only where it is asked to', async () => {
    const text = 'client_secret = "Zk3vQ8sLw1XyT6bN"';
    equal((await scanText(text, { fileName: 'a.ts', guess: true })).length, 1);
    equal((await scanText(text, { fileName: 'a.ts', guess: false })).length, 0);
  });

  it('knows a login by what stands around it, in whatever file', async () => {
    const text = 'machine git.corp.ru login anna password Zk3vQ8sL';
    equal((await scanText(text, { fileName: 'notes.txt', guess: true })).length, 1);
  });

  it('takes no ordinary code for a secret', async () => {
    for (const text of [
      "const secret = 'aaaaaaaaaaaaaaa1';", // no chance made this
      "const token = 'currentUserAccessToken';", // words
      "const token = 'a1b2c3d4e5f';", // short
      'const secret = process1Env2Secret3Value4;', // no text
      "const token = '/v1/oauth2/Zk3vQ8sLw1';", // a path
    ])
      deepEqual(await scanText(text, { fileName: 'a.ts', guess: true }), [], text);
  });

  it('takes no path of a setting for a secret', async () => {
    for (const text of ['token_file: /run/Secrets/k8s1', 'secret: vault://Team1/app'])
      deepEqual(await scanText(text, { fileName: 'a.yml', guess: true }), [], text);
  });

  it('is not told by the file itself to look away', async () => {
    equal((await linesOf(`// secretlint-disable\n${TOKEN}`)).length, 1);
  });

  it('takes no example for a secret', async () => {
    for (const text of [
      'password: changeme1',
      'api_key: "your-api-key-123"',
      'url = "postgres://user:password@localhost/db"',
      'token: ${{ secrets.NPM_TOKEN }}',
      'const header = "-----BEGIN PRIVATE KEY-----";',
      'tokenUrl = "https://example.com/oauth2/v2"',
    ])
      deepEqual(await scanText(text, { fileName: 'a.yml', guess: true }), [], text);
  });
});

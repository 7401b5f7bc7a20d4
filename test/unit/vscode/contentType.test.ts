import assert from 'node:assert/strict';
import { contentTypeOf, isText } from '../../../src/extension/vscode/contentType';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

/** A whole one of a single pixel: a library looks past the signature. */
const PNG_FILE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
);

describe('contentTypeOf', () => {
  it('calls text text, whatever a library or the sender says of it', async () => {
    assert.equal(await contentTypeOf('main.ts', text('export {};')), 'text/plain; charset=utf-8');
    assert.equal(
      await contentTypeOf('pasted.ts', text('export {};'), 'video/mp2t'),
      'text/plain; charset=utf-8',
    );
    assert.equal(await contentTypeOf('Заметки.md', text('# Заметки')), 'text/plain; charset=utf-8');
  });

  it('says in what text is encoded where it is not UTF-8', async () => {
    const in1251 = Buffer.from('// \xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0\n', 'latin1'); // Привет, мир
    for (const name of ['main.ts', 'заметки.txt', 'README'])
      assert.equal(await contentTypeOf(name, in1251), 'text/plain; charset=windows-1251');
    const latin = Buffer.from('Größe;Übermaß;schön\n', 'latin1');
    assert.equal(await contentTypeOf('maße.csv', latin), 'text/plain; charset=windows-1252');
    const little = Buffer.from('\ufeffconst one = 1; // 😀', 'utf16le');
    const big = Buffer.from(little).swap16();
    assert.equal(await contentTypeOf('main.ts', little), 'text/plain; charset=utf-16le');
    assert.equal(await contentTypeOf('main.ts', big), 'text/plain; charset=utf-16be');
    const cut = little.subarray(0, -2); // within the last character
    assert.equal(await contentTypeOf('main.ts', cut), 'text/plain; charset=utf-16le');
  });

  it('goes by the content before the name', async () => {
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46]);
    assert.equal(await contentTypeOf('misnamed.png', jpeg), 'image/jpeg');
    assert.equal(await contentTypeOf('снимок', PNG_FILE), 'image/png');
    assert.equal(await contentTypeOf('plain.txt', text('%PDF-1.7\n1 0 obj')), 'application/pdf');
  });

  it('lets the name say what is in a container', async () => {
    const zip = new Uint8Array([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]);
    const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    assert.equal(await contentTypeOf('отчёт.docx', zip), word);
    assert.equal(await contentTypeOf('something', zip), 'application/zip');
  });

  it('goes by the name for what is not text', async () => {
    assert.equal(await contentTypeOf('bot.png', PNG), 'image/png');
    assert.equal(
      await contentTypeOf('paper.pdf', new Uint8Array([0x25, 0, 0xff])),
      'application/pdf',
    );
  });

  it("takes the sender's word where nothing else is known", async () => {
    assert.equal(await contentTypeOf('image', PNG, 'image/png'), 'image/png');
  });

  it('calls bytes bytes when the name says text or nothing', async () => {
    assert.equal(
      await contentTypeOf('broken.txt', new Uint8Array([0, 200])),
      'application/octet-stream',
    );
    assert.equal(
      await contentTypeOf('data.qqq', new Uint8Array([0, 200])),
      'application/octet-stream',
    );
  });
});

describe('isText', () => {
  it('does not stumble over a character that the end of the head cuts', () => {
    assert.equal(isText(text('привет').subarray(0, 5)), true);
  });

  it('refuses malformed UTF-8', () => {
    assert.equal(isText(new Uint8Array([0x68, 0xff, 0xfe, 0x68])), false);
  });
});

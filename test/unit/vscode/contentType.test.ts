import assert from 'node:assert/strict';
import { contentTypeOf, isText } from '../../../src/extension/vscode/contentType';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

describe('contentTypeOf', () => {
  it('calls text text, whatever a library or the sender says of it', async () => {
    assert.equal(await contentTypeOf('main.ts', text('export {};')), 'text/plain; charset=utf-8');
    assert.equal(
      await contentTypeOf('pasted.ts', text('export {};'), 'video/mp2t'),
      'text/plain; charset=utf-8',
    );
    assert.equal(await contentTypeOf('Заметки.md', text('# Заметки')), 'text/plain; charset=utf-8');
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
      await contentTypeOf('broken.txt', new Uint8Array([0, 1])),
      'application/octet-stream',
    );
    assert.equal(
      await contentTypeOf('data.qqq', new Uint8Array([0, 1])),
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

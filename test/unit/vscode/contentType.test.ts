import assert from 'node:assert/strict';
import { contentTypeOf, isText } from '../../../src/extension/vscode/contentType';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

describe('contentTypeOf', () => {
  it('calls text text, whatever a library says of its name', () => {
    assert.equal(contentTypeOf('main.ts', text('export {};')), 'text/plain; charset=utf-8');
    assert.equal(contentTypeOf('Заметки.md', text('# Заметки')), 'text/plain; charset=utf-8');
  });

  it('goes by the name for what is not text', () => {
    assert.equal(contentTypeOf('bot.png', PNG), 'image/png');
    assert.equal(contentTypeOf('paper.pdf', new Uint8Array([0x25, 0, 0xff])), 'application/pdf');
  });

  it('calls bytes bytes when the name says text or nothing', () => {
    assert.equal(contentTypeOf('broken.txt', new Uint8Array([0, 1])), 'application/octet-stream');
    assert.equal(contentTypeOf('data.qqq', new Uint8Array([0, 1])), 'application/octet-stream');
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

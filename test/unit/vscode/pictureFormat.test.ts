import assert from 'node:assert/strict';
import { pictureContentType } from '../../../src/extension/vscode/pictureFormat';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('pictureContentType', () => {
  it('knows pictures by their bytes', () => {
    assert.equal(pictureContentType(bytes('\x89PNG\r\n\x1a\nrest')), 'image/png');
    assert.equal(pictureContentType(bytes('\xff\xd8\xff\xe0')), 'image/jpeg');
    assert.equal(pictureContentType(bytes('GIF89a')), 'image/gif');
    assert.equal(pictureContentType(bytes('RIFF1234WEBPVP8 ')), 'image/webp');
  });

  it('shows nothing that only claims to be one', () => {
    assert.equal(pictureContentType(bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')), null);
    assert.equal(pictureContentType(bytes('RIFF1234WAVE')), null);
    assert.equal(pictureContentType(new Uint8Array()), null);
  });
});

import assert from 'node:assert/strict';
import { pendingPicture } from '../../../src/extension/vscode/pendingPicture';
import { pendingIdOf, pendingPictureKey } from '../../../src/shared/pendingPicture';

/** The smallest PNG: one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function file(data: Uint8Array, size = data.length) {
  const read = async function* () {
    for (let at = 0; at < data.length; at += 20)
      yield await Promise.resolve(data.subarray(at, at + 20));
  };
  return { name: 'a.png', contentType: 'image/png', size, unsaved: false, read };
}

const reasonOf = async (...parts: Parameters<typeof pendingPicture>) => {
  const picture = await pendingPicture(...parts);
  return picture.state === 'failed' ? picture.problem.reason : picture.state;
};

describe('a picture that waits in the composer', () => {
  it('is made of the bytes that are going to be sent', async () => {
    const picture = await pendingPicture(file(PNG));
    assert.ok(picture.state === 'ready');
    assert.deepEqual([picture.contentType, picture.width, picture.height], ['image/png', 1, 1]);
    assert.deepEqual(Buffer.from(picture.data), PNG);
  });

  it('is none when it is too large, of another kind, or not what it was', async () => {
    assert.equal(await reasonOf(null), 'unreadable');
    assert.equal(await reasonOf(file(PNG, 11 * 1024 * 1024)), 'tooLarge');
    assert.equal(await reasonOf(file(Buffer.from('words'))), 'notPicture');
    assert.equal(await reasonOf(file(PNG, 10)), 'unreadable');
    const gone = {
      ...file(PNG),
      read: () => {
        throw new Error('ENOENT');
      },
    };
    assert.equal(await reasonOf(gone), 'unreadable');
  });

  it("has a key that no message's file has", () => {
    assert.equal(pendingIdOf(pendingPictureKey('a:b')), 'a:b');
    assert.equal(pendingIdOf('file-1'), null);
  });
});

import assert from 'node:assert/strict';
import { inspectPicture } from '../../../../src/extension/vscode/received/inspectPicture';
import { gif, jpeg, png, webp } from '../../../support/pictureFiles';

describe('inspectPicture', () => {
  it('reads size and type from the headers', () => {
    const facts = (type: string) => ({ contentType: `image/${type}`, width: 30, height: 20 });
    assert.deepEqual(inspectPicture(png(30, 20)), facts('png'));
    assert.deepEqual(inspectPicture(gif(1, 30, 20)), facts('gif'));
    assert.deepEqual(inspectPicture(webp(30, 20, false)), facts('webp'));
    assert.deepEqual(inspectPicture(jpeg(30, 20)), facts('jpeg'));
  });

  it('turns a picture as its camera was held', () => {
    assert.deepEqual(inspectPicture(jpeg(20, 30, 6)), {
      contentType: 'image/jpeg',
      width: 30,
      height: 20,
    });
  });

  it('refuses a small file that would unfold to gigabytes', () => {
    assert.equal(inspectPicture(png(1, 1, { claimed: [50_000, 50_000] })), 'tooManyPixels');
    assert.equal(inspectPicture(png(1, 1, { claimed: [20_000, 1] })), 'tooManyPixels');
    assert.equal(inspectPicture(png(1, 1, { claimed: [7_000, 7_000] })), 'tooManyPixels');
    assert.equal(typeof inspectPicture(png(1, 1, { claimed: [6_000, 4_000] })), 'object');
  });

  it('refuses what moves', () => {
    assert.equal(inspectPicture(gif(2)), 'animated');
    assert.equal(inspectPicture(webp(1, 1, true)), 'animated');
    assert.equal(inspectPicture(png(1, 1, { animated: true })), 'animated');
  });

  it('refuses what has no size, and what is none', () => {
    assert.equal(inspectPicture(png(1, 1, { claimed: [0, 0] })), 'notPicture');
    assert.equal(inspectPicture(png(1, 1).subarray(0, 12)), 'notPicture');
    assert.equal(inspectPicture(Buffer.from('%PDF-1.7')), 'notPicture');
    assert.equal(inspectPicture(new Uint8Array()), 'notPicture');
  });

  it('comes to an end on any beginning of a file', () => {
    for (const whole of [png(3, 3, { animated: true }), gif(3), webp(2, 2, true), jpeg(2, 2)])
      for (let end = 0; end <= whole.length; end += 1) inspectPicture(whole.subarray(0, end));
  });
});

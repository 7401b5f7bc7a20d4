// Files of pictures, byte by byte, as small as they can be.
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A grey PNG; `claimed` stands in its header in place of the truth. */
export function png(
  width: number,
  height: number,
  { animated = false, claimed = [width, height] as const } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed[0], 0);
  header.writeUInt32BE(claimed[1], 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits, grey
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0; // no filter
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(animated ? [chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of two colours with so many frames of one pixel, in a screen of any size. */
export function gif(frames: number, width = 1, height = 1): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen.set([0x80, 0, 0], 4);
  const control = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    screen,
    Buffer.from([0, 0, 0, 255, 255, 255]),
    ...Array.from({ length: frames }, () => Buffer.concat([control, image])),
    Buffer.from([0x3b]),
  ]);
}

/** The header of an extended WebP. */
export function webp(width: number, height: number, animated: boolean): Buffer {
  const body = Buffer.alloc(10);
  body[0] = animated ? 0x02 : 0;
  body.writeUIntLE(width - 1, 4, 3);
  body.writeUIntLE(height - 1, 7, 3);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  const content = Buffer.concat([Buffer.from('WEBPVP8X', 'latin1'), length, body]);
  const whole = Buffer.alloc(4);
  whole.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), whole, content]);
}

/** The headers of a JPEG, with the way it has to be turned (the values of EXIF). */
export function jpeg(width: number, height: number, orientation = 1): Buffer {
  const exif = Buffer.from(
    `457869660000` + // "Exif"
      `4d4d002a00000008` + // big endian, the first table at 8
      `0001` + // one entry: orientation, a short, once
      `0112000300000001000${orientation}0000` +
      `00000000`,
    'hex',
  );
  const app1 = Buffer.alloc(4);
  app1.writeUInt16BE(0xffe1, 0);
  app1.writeUInt16BE(exif.length + 2, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app1, exif, frame, Buffer.from([0xff, 0xd9])]);
}

// Draws small pictures without a picture library: shapes by their distance functions, smooth at the
// edges, packed as PNG.
import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** Signed distance in pixels from a point to a shape's edge; negative inside. */
export type Shape = (x: number, y: number) => number;

export interface Layer {
  readonly shape: Shape;
  readonly colour: Colour | ((x: number, y: number) => Colour);
  /** 0 to 1; 1 when absent. */
  readonly opacity?: number;
}

export function circle(centreX: number, centreY: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - centreX, y - centreY) - radius;
}

export function roundedBox(
  left: number,
  top: number,
  width: number,
  height: number,
  radius: number,
): Shape {
  const centreX = left + width / 2;
  const centreY = top + height / 2;
  return (x, y) => {
    const dx = Math.abs(x - centreX) - width / 2 + radius;
    const dy = Math.abs(y - centreY) - height / 2 + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** What both shapes cover. */
export function overlap(one: Shape, other: Shape): Shape {
  return (x, y) => Math.max(one(x, y), other(x, y));
}

/** `from` at 0, `to` at 1. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  const kept = Math.min(Math.max(share, 0), 1);
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * kept);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** A PNG of the layers, painted from the first to the last over black. */
export function drawPng(width: number, height: number, layers: readonly Layer[]): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = colourAt(x + 0.5, y + 0.5, layers);
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = red;
      rows[at + 1] = green;
      rows[at + 2] = blue;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, red-green-blue, nothing interlaced
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number, layers: readonly Layer[]): Colour {
  let seen: Colour = [0, 0, 0];
  for (const { shape, colour, opacity = 1 } of layers) {
    const cover = Math.min(Math.max(0.5 - shape(x, y), 0), 1) * opacity;
    if (cover > 0) {
      seen = blend(seen, typeof colour === 'function' ? colour(x, y) : colour, cover);
    }
  }
  return seen;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

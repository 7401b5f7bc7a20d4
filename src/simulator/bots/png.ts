// Draws small pictures without a picture library: shapes by their distance functions, smooth at the
// edges, packed as PNG.
import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export interface Shape {
  /** Signed distance in pixels from a point to the edge; negative inside. */
  readonly distance: (x: number, y: number) => number;
  /** What it lies within. */
  readonly box: Box;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Layer {
  readonly shape: Shape;
  readonly colour: Colour | ((x: number, y: number) => Colour);
  /** 0 to 1; 1 when absent. */
  readonly opacity?: number;
}

export const EVERYWHERE: Shape = {
  distance: () => -1,
  box: { left: 0, top: 0, right: Infinity, bottom: Infinity },
};

export function circle(centreX: number, centreY: number, radius: number): Shape {
  return {
    distance: (x, y) => Math.hypot(x - centreX, y - centreY) - radius,
    box: {
      left: centreX - radius,
      top: centreY - radius,
      right: centreX + radius,
      bottom: centreY + radius,
    },
  };
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
  return {
    distance: (x, y) => {
      const dx = Math.abs(x - centreX) - width / 2 + radius;
      const dy = Math.abs(y - centreY) - height / 2 + radius;
      return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
    },
    box: { left, top, right: left + width, bottom: top + height },
  };
}

/** What both shapes cover. */
export function overlap(one: Shape, other: Shape): Shape {
  return {
    distance: (x, y) => Math.max(one.distance(x, y), other.distance(x, y)),
    box: other.box,
  };
}

/** `from` at 0, `to` at 1. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  const kept = Math.min(Math.max(share, 0), 1);
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * kept);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** A PNG of the layers, painted from the first to the last over black. */
export function drawPng(width: number, height: number, layers: readonly Layer[]): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3)); // each row begins with its filter, 0: none
  for (const layer of layers) {
    paint(rows, width, height, layer);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, red-green-blue, nothing interlaced
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Paints one layer, within the box of its shape and a pixel for the soft edge. */
function paint(rows: Buffer, width: number, height: number, layer: Layer): void {
  const { shape, colour, opacity = 1 } = layer;
  const { left, top, right, bottom } = shape.box;
  const lastX = Math.min(width, Math.ceil(right) + 1);
  const lastY = Math.min(height, Math.ceil(bottom) + 1);
  for (let y = Math.max(0, Math.floor(top) - 1); y < lastY; y++) {
    for (let x = Math.max(0, Math.floor(left) - 1); x < lastX; x++) {
      const cover = Math.min(Math.max(0.5 - shape.distance(x + 0.5, y + 0.5), 0), 1) * opacity;
      if (cover > 0) {
        const tint = typeof colour === 'function' ? colour(x, y) : colour;
        const at = y * (1 + width * 3) + 1 + x * 3;
        const under: Colour = [rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0];
        rows.set(blend(under, tint, cover), at);
      }
    }
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

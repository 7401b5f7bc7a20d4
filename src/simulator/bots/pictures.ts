// The pictures of the bots and operators; drawn when first asked for, then kept.
import {
  blend,
  circle,
  drawPng,
  EVERYWHERE,
  overlap,
  roundedBox,
  type Colour,
  type Layer,
} from './png';

const NIGHT: Colour = [24, 32, 74];
const VIOLET: Colour = [98, 70, 196];
const MINT: Colour = [64, 201, 180];
const WHITE: Colour = [246, 248, 255];
const STEEL: Colour = [196, 206, 232];
const INK: Colour = [30, 36, 72];
const CORAL: Colour = [255, 122, 102];

/** A robot's head and shoulders within a square of `size` pixels whose corner is (left, top). */
function robot(left: number, top: number, size: number): Layer[] {
  const box = (
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
  ): Layer['shape'] =>
    roundedBox(
      left + x * size,
      top + y * size,
      width * size,
      height * size,
      Math.min(radius * size, (width * size) / 2, (height * size) / 2),
    );
  const dot = (x: number, y: number, radius: number): Layer['shape'] =>
    circle(left + x * size, top + y * size, radius * size);
  return [
    { shape: box(0.475, 0.06, 0.05, 0.16, 0.025), colour: STEEL },
    { shape: dot(0.5, 0.07, 0.06), colour: CORAL },
    { shape: box(0.12, 0.36, 0.1, 0.22, 0.05), colour: STEEL },
    { shape: box(0.78, 0.36, 0.1, 0.22, 0.05), colour: STEEL },
    { shape: box(0.28, 0.78, 0.44, 0.3, 0.1), colour: STEEL },
    { shape: box(0.18, 0.2, 0.64, 0.54, 0.17), colour: WHITE },
    { shape: box(0.26, 0.3, 0.48, 0.34, 0.12), colour: INK },
    { shape: dot(0.39, 0.43, 0.06), colour: MINT },
    { shape: dot(0.61, 0.43, 0.06), colour: MINT },
    { shape: dot(0.41, 0.41, 0.018), colour: WHITE },
    { shape: dot(0.63, 0.41, 0.018), colour: WHITE },
    { shape: box(0.42, 0.54, 0.16, 0.035, 0.02), colour: MINT },
  ];
}

/** A speech bubble holding lines of text. */
function bubble(left: number, top: number, width: number, lines: readonly number[]): Layer[] {
  const height = 20 + lines.length * 16;
  return [
    { shape: roundedBox(left, top, width, height, 12), colour: WHITE, opacity: 0.94 },
    ...lines.map((length, index) => ({
      shape: roundedBox(left + 14, top + 14 + index * 16, (width - 28) * length, 7, 3.5),
      colour: index === 0 ? VIOLET : STEEL,
    })),
  ];
}

let banner: Buffer | undefined;

/** 480 × 270: what a person sees first. */
export function bannerPicture(): Buffer {
  banner ??= drawPng(480, 270, [
    {
      shape: EVERYWHERE,
      colour: (x, y) => blend(NIGHT, VIOLET, (x / 480) * 0.7 + (y / 270) * 0.45),
    },
    { shape: circle(420, 30, 120), colour: MINT, opacity: 0.16 },
    { shape: circle(60, 260, 150), colour: CORAL, opacity: 0.12 },
    { shape: circle(250, 330, 170), colour: WHITE, opacity: 0.05 },
    ...robot(34, 58, 212),
    ...bubble(278, 56, 168, [0.7, 1, 0.5]),
    ...bubble(278, 142, 118, [0.9]),
    { shape: roundedBox(278, 194, 76, 30, 15), colour: MINT },
    { shape: roundedBox(296, 206, 40, 6, 3), colour: INK },
    { shape: roundedBox(364, 194, 82, 30, 15), colour: WHITE, opacity: 0.3 },
    { shape: roundedBox(383, 206, 44, 6, 3), colour: WHITE },
  ]);
  return banner;
}

let botAvatar: Buffer | undefined;

/** 96 × 96. */
export function botAvatarPicture(): Buffer {
  botAvatar ??= drawPng(96, 96, [
    { shape: EVERYWHERE, colour: (x, y) => blend(VIOLET, NIGHT, (x + y) / 220) },
    ...robot(8, 10, 80),
  ]);
  return botAvatar;
}

const people = new Map<string, Buffer>();

/** 96 × 96: a person in front of a colour; the same picture for the same colours. */
export function personPicture(backdrop: Colour, clothes: Colour, hair: Colour): Buffer {
  const key = String([backdrop, clothes, hair]);
  const known = people.get(key);
  if (known) {
    return known;
  }
  const skin: Colour = [242, 203, 172];
  const picture = drawPng(96, 96, [
    { shape: EVERYWHERE, colour: (x, y) => blend(backdrop, WHITE, (y / 96) * 0.35 + x / 960) },
    { shape: circle(48, 38, 24), colour: hair },
    { shape: roundedBox(12, 70, 72, 60, 26), colour: clothes },
    { shape: roundedBox(39, 54, 18, 24, 9), colour: blend(skin, INK, 0.12) },
    { shape: circle(48, 43, 19), colour: skin },
    { shape: overlap(circle(48, 38, 24), roundedBox(20, 10, 56, 22, 4)), colour: hair },
    { shape: circle(41, 44, 2.2), colour: INK },
    { shape: circle(55, 44, 2.2), colour: INK },
    { shape: roundedBox(42, 52, 12, 3, 1.5), colour: CORAL },
  ]);
  people.set(key, picture);
  return picture;
}

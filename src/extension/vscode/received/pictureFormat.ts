/** Formats that are shown, by their first bytes. SVG is not among them: it can hold script. */
const SIGNATURES: readonly {
  readonly format: PictureFormat;
  readonly bytes: readonly (number | null)[];
}[] = [
  { format: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { format: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { format: 'gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  {
    format: 'webp',
    bytes: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
  },
];

/** Also the second part of the content type. */
export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp';

/** The picture's format as its bytes have it; `null` for what is no picture we show. */
export function pictureFormat(data: Uint8Array): PictureFormat | null {
  const found = SIGNATURES.find(({ bytes }) =>
    bytes.every((byte, index) => byte === null || data[index] === byte),
  );
  return found?.format ?? null;
}

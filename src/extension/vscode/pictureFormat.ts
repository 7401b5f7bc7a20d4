/** Formats that are shown inline, by their first bytes. SVG is not among them: it can hold script. */
const SIGNATURES: readonly {
  readonly contentType: string;
  readonly bytes: readonly (number | null)[];
}[] = [
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  {
    contentType: 'image/webp',
    bytes: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
  },
];

/** The picture's content type as its bytes have it; `null` for what is no picture we show. */
export function pictureContentType(data: Uint8Array): string | null {
  const found = SIGNATURES.find(({ bytes }) =>
    bytes.every((byte, index) => byte === null || data[index] === byte),
  );
  return found?.contentType ?? null;
}

/**
 * Names that Windows keeps for devices, with whatever extension, and those of files that change how
 * a folder looks or what it starts.
 */
const RESERVED =
  /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³]|desktop\.ini$|autorun\.inf$)\s*(\.|$)/i;
/**
 * What a path is made of, control characters, line breaks, half characters, and all that is not
 * seen, such as marks that turn the direction of writing. Joiners stay: emoji and Persian need them.
 */
const UNSAFE =
  /[<>:"/\\|?*]|(?![\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Leading dots hide a file; Windows drops what is at the end. */
const EDGES = /^[.\s\u200c\u200d]+|[.\s\u200c\u200d]+$/g;
/** Bytes of UTF-8. File systems in use allow 255; some is left for a number after the name. */
const MAX_BYTES = 240;
/** UTF-16 units: what is longer after a dot is no extension. */
const MAX_EXTENSION = 20;

/** A name from the server made fit to be a file's: one part, no tricks, any alphabet. */
export function safeFileName(name: string): string {
  const lastPart = name.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  const clean = shortened(lastPart.replace(UNSAFE, '').replace(EDGES, '')).replace(EDGES, '');
  return clean.replace(RESERVED, '_$&') || 'file';
}

/** The name with a number before its extension: `report (2).pdf`. */
export function numberedName(name: string, number: number): string {
  const [stem, extension] = splitExtension(name);
  return `${stem} (${number})${extension}`;
}

/** Stem and extension; the latter has its dot, or is empty. */
export function splitExtension(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= MAX_EXTENSION
    ? [name.slice(0, dot), name.slice(dot)]
    : [name, ''];
}

/** Cuts the stem by whole characters as a person counts them, so that the extension stays. */
function shortened(name: string): string {
  if (bytes(name) <= MAX_BYTES) return name;
  const [stem, extension] = splitExtension(name);
  const room = MAX_BYTES - bytes(extension);
  const segments = [...new Intl.Segmenter().segment(stem)].map(({ segment }) => segment);
  // One "character" may be longer than any name, with marks heaped upon it: then by code points.
  return (beginning(segments, room) || beginning(Array.from(stem), room)) + extension;
}

function beginning(parts: readonly string[], maxBytes: number): string {
  let kept = '';
  for (const part of parts) {
    if (bytes(kept + part) > maxBytes) break;
    kept += part;
  }
  return kept;
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

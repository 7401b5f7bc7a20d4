/** Names that Windows keeps for devices, with whatever extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Control characters, marks that reverse the writing direction, and what a path is made of. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:"/\\|?*]/g;
/** Bytes of UTF-8: the least that file systems in use allow is 255. */
const MAX_BYTES = 200;

/** A name from the server made fit to be a file's: one part, no tricks, any alphabet. */
export function safeFileName(name: string): string {
  const lastPart = name.split(/[/\\]/).at(-1) ?? '';
  const clean = lastPart
    .replace(UNSAFE, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(DEVICE, '_$1$2');
  return shortened(clean) || 'file';
}

/** Cuts the stem by whole characters as a person counts them, so that the extension stays. */
function shortened(name: string): string {
  if (bytes(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : '';
  const stem = name.slice(0, name.length - extension.length);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    if (bytes(kept + segment + extension) > MAX_BYTES) break;
    kept += segment;
  }
  return kept + extension;
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** Marks that turn the direction of writing: in a name they only serve to deceive (`exe.gpj`). */
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** A name that a stranger chose, as it may stand among our own words. */
export function displayName(name: string): string {
  return name.replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim();
}

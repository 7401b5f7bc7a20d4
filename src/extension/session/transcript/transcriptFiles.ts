/** A file of the conversation that goes along with its transcript. */
export interface TranscriptFile {
  /** Where it is found from the transcript: a relative path, or a `data:` address with all of it. */
  readonly href: string;
  /** A picture of a format that every browser shows. */
  readonly isPicture: boolean;
}

/** By `FileView.key`. */
export type TranscriptFiles = ReadonlyMap<string, TranscriptFile>;

export const NO_FILES: TranscriptFiles = new Map();

/** The path as people read it. */
export function pathOf({ href }: TranscriptFile): string {
  return decodeURIComponent(href);
}

// Files that wait in the composer are shown by the way of those in messages: under a key.

const PREFIX = 'pending:';

/** Under what the view asks for the picture that waits with this id. */
export function pendingPictureKey(id: string): string {
  return PREFIX + id;
}

/** The id of what waits in the composer; `null` for a key of a message's file. */
export function pendingIdOf(fileKey: string): string | null {
  return fileKey.startsWith(PREFIX) ? fileKey.slice(PREFIX.length) : null;
}

// What was written and not sent: it outlives its session, in the next one's composer.

import type { Conversation, OwnMessage } from './conversation';
import { canBecome } from './deliveryState';
import type { UploadedOrLocal } from './uploads';

export interface Unsent {
  /** Of the messages in it. */
  readonly keys: readonly string[];
  readonly text: string;
  readonly files: readonly UploadedOrLocal[];
}

/** Finds the attachments that messages left the composer with. */
export interface AttachmentSource {
  /** `undefined` for a message of an earlier process. */
  attachedTo(key: string): readonly string[] | undefined;
  content(id: string): UploadedOrLocal | null;
}

export function unsentOf(c: Conversation, source: AttachmentSource): Unsent {
  const own = [...c.outgoing.values()].filter(hasNotLeft);
  const { draft, pending } = c.view.composer;
  const files = own.flatMap(({ key, attachments }) => {
    const ids = source.attachedTo(key);
    return ids === undefined
      ? attachments.filter((file) => file.id !== null)
      : contents(ids, source);
  });
  const waiting = contents(
    pending.map(({ id }) => id),
    source,
  );
  return {
    keys: own.map(({ key }) => key),
    text: joinTexts([...own.map(({ text }) => text), draft.text]),
    files: [...files, ...waiting],
  };
}

/** One whose files are still being uploaded is on its way, but nothing of it has left. */
function hasNotLeft({ delivery, attachments }: OwnMessage): boolean {
  const isUploading = delivery === 'sending' && attachments.some(({ id }) => id === null);
  return isUploading || canBecome(delivery, 'removed');
}

function contents(ids: readonly string[], source: AttachmentSource): readonly UploadedOrLocal[] {
  return ids.flatMap((id) => source.content(id) ?? []);
}

/** Several texts as one draft. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

/** Whether a draft holds a text as {@link joinTexts} put it there. */
export function isJoinedIn(draft: string, text: string): boolean {
  return `\n\n${draft}\n\n`.includes(`\n\n${text}\n\n`);
}

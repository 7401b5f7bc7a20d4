import type { Picture } from '../../shared/hostMessage';
import type { ProblemReason } from '../../shared/problem';
import type { OutgoingFile } from '../session/outgoingFile';

/** A larger picture is a file like others, bytes. */
const MAX_BYTES = 10 * 1024 * 1024;

/** A picture that waits in the composer, from the bytes that are going to be sent. */
export async function pendingPicture(file: OutgoingFile | null): Promise<Picture> {
  if (file === null) return failed('unreadable');
  if (file.size > MAX_BYTES) return failed('tooLarge');
  try {
    const data = new Uint8Array(file.size);
    let length = 0;
    for await (const chunk of file.read()) {
      data.set(chunk, length);
      length += chunk.length;
    }
    const { inspectPicture } = await import('./received/inspectPicture');
    const facts = inspectPicture(data.subarray(0, length));
    return typeof facts === 'string' ? failed(facts) : { state: 'ready', data, ...facts };
  } catch {
    return failed('unreadable'); // gone or grown since it was attached: the upload will say so
  }
}

function failed(reason: ProblemReason): Picture {
  return {
    state: 'failed',
    problem: { step: 'upload', reason, status: null, host: null, limit: MAX_BYTES },
  };
}

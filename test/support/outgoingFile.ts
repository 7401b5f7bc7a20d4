import type { OutgoingFile } from '../../src/extension/session/outgoingFile';

/** A file that somebody wants to send: three bytes of text, if nothing else is said. */
export function outgoingFile(fields: Partial<Omit<OutgoingFile, 'read'>> = {}): OutgoingFile {
  const { size = 3 } = fields;
  return {
    name: 'план.ts',
    contentType: 'text/plain; charset=utf-8',
    size,
    unsaved: true,
    read: async function* () {
      yield await Promise.resolve(new Uint8Array(size));
    },
    ...fields,
  };
}

// What libraries know of file types, by content and by name: more than a third of the extension's
// code, and so a bundle of its own, read when first needed.
export { fileTypeFromBuffer } from 'file-type/core';
export { lookup } from 'mime-types';

import type { FileContent } from '../twin/httpTransport';

/** A file that the person attaches. */
export interface OutgoingFile extends FileContent {
  /** True for what differs from the disk. */
  readonly unsaved: boolean;
}

import type { ViewSettings } from '../shared/hostMessage';
import type { Intent } from '../shared/intent';
import type { Translate } from '../shared/texts';
import type { Announcer } from './announcer';
import type { FileStates } from './fileStates';
import type { Formats } from './formats';
import type { Pictures } from './pictures';
import type { Places } from './places';
import type { Reading } from './reading';

/** What every part of the view is given. Made anew when the settings change. */
export interface ViewContext {
  readonly settings: ViewSettings;
  /** Of the machine the person sits at, which is not always the host's. */
  readonly isMac: boolean;
  readonly t: Translate;
  readonly formats: Formats;
  readonly pictures: Pictures;
  readonly files: FileStates;
  readonly places: Places;
  readonly reading: Reading;
  readonly announcer: Announcer;
  readonly post: (intent: Intent) => void;
  /** Now, ms since the epoch. */
  readonly now: () => number;
}

import { translator } from '../../shared/texts';
import type { TranscriptLanguage } from '../session/transcript/transcriptWords';
import { localization } from './localization';

/**
 * The words and dates of what is written down, in the person's language. Times are those of this
 * machine, which need not be the one that the person sits at: a transcript names the zone.
 */
export function transcriptLanguage(): TranscriptLanguage {
  const { language, texts } = localization();
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    language,
    // Not the localization's own: a text file has no links that could run.
    t: translator(language, texts),
    locale: locale.startsWith(language) ? locale : language,
    timeZone,
  };
}

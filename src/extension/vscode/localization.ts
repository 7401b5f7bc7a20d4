import * as vscode from 'vscode';
import en from '../../../l10n/en.json';
import ru from '../../../l10n/ru.json';
import { translator, type Language, type Texts, type Translate } from '../../shared/texts';
import { languageSetting } from './settings';
import { withoutLinks } from './withoutLinks';

const TEXTS: Readonly<Record<Language, Texts>> = { en, ru };
/** One each for good: what they need to write numbers and plurals takes 10 ms to make. */
const TRANSLATORS: Readonly<Record<Language, Translate>> = {
  en: translator('en', en),
  ru: translator('ru', ru),
};

/** The words of one language, and the translator that puts values into them. */
export interface Localization {
  readonly language: Language;
  readonly texts: Texts;
  readonly t: Translate;
}

/** The language of the setting, or VS Code's own for `auto`. Read anew at each use: it may change. */
export function localization(): Localization {
  const setting = languageSetting();
  const language = setting === 'auto' ? languageOf(vscode.env.language) : setting;
  const t = TRANSLATORS[language];
  return { language, texts: TEXTS[language], t: (key, args = {}) => t(key, withoutLinks(args)) };
}

function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

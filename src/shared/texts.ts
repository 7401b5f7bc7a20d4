// Words by key. The language is the person's setting, which need not be VS Code's own, so the words
// come from our tables and not from `vscode.l10n`.

import type en from '../../l10n/en.json';

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

export type TextKey = keyof typeof en;

/** One text, or one for each plural form of `count` (the categories of `Intl.PluralRules`). */
export type Text = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export type Texts = Readonly<Record<TextKey, Text>>;

/** Looks a text up and puts `args` into its `{name}` places. */
export type Translate = (key: TextKey, args?: TextArgs) => string;

/** `count` also chooses the plural form. */
export type TextArgs = Readonly<Record<string, string | number>>;

/** Makes the translator of one language. */
export function translator(language: Language, texts: Texts): Translate {
  // Made when first needed: together they take 10 ms, and most texts have no number.
  let plural: Intl.PluralRules | null = null;
  let number: Intl.NumberFormat | null = null;
  return (key, args = {}) => {
    const text = texts[key];
    const template =
      typeof text === 'string'
        ? text
        : pluralForm(text, args, (plural ??= new Intl.PluralRules(language)));
    return template.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = args[name];
      if (value === undefined) return place;
      if (typeof value !== 'number') return value;
      return (number ??= new Intl.NumberFormat(language)).format(value);
    });
  };
}

function pluralForm(text: Exclude<Text, string>, args: TextArgs, plural: Intl.PluralRules): string {
  const count = args['count'];
  const category = typeof count === 'number' ? plural.select(count) : 'other';
  return text[category] ?? text.other ?? '';
}

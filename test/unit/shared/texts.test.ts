import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import en from '../../../l10n/en.json';
import ru from '../../../l10n/ru.json';
import { translator, type Text, type Texts } from '../../../src/shared/texts';
import { root } from '../../vscode/root';

const languages: Readonly<Record<string, Record<string, Text>>> = { en, ru };

const formsOf = (text: Text): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values(text);

/** The `{names}` in a text, each once. */
function places(text: Text): readonly string[] {
  return [
    ...new Set(
      formsOf(text)
        .join(' ')
        .match(/\{\w+\}/g),
    ),
  ].sort();
}

describe('the words', () => {
  it('are there in every language, with the same places for values', () => {
    for (const [language, texts] of Object.entries(languages)) {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(en).sort(), language);
      for (const [key, text] of Object.entries(texts)) {
        assert.ok(
          formsOf(text).every((form) => form.trim() !== ''),
          key,
        );
        assert.deepEqual(places(text), places(en[key as keyof typeof en]), `${language}: ${key}`);
      }
    }
  });

  it('have every plural form that their language tells apart', () => {
    for (const [language, texts] of Object.entries(languages)) {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, text] of Object.entries(texts))
        if (typeof text !== 'string')
          assert.deepEqual(Object.keys(text).sort(), [...pluralCategories].sort(), key);
    }
  });

  it('are all used', () => {
    const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(root, 'src', name), 'utf8'))
      .join('\n');
    // A key stands as it is, or is made of a beginning and a variable: `status.${connection}`.
    const unused = Object.keys(en).filter((key) => {
      const beginning = key.slice(0, key.lastIndexOf('.') + 1);
      return !sources.includes(`'${key}'`) && !sources.includes(`\`${beginning}\${`);
    });
    assert.deepEqual(unused, []);
  });
});

describe('translator', () => {
  const texts = {
    'view.conversation': '{name}: {count}',
    'status.badge': {
      one: '{count} сообщение',
      few: '{count} сообщения',
      many: '{count} сообщений',
    },
  } as unknown as Texts;
  const t = translator('ru', texts);

  it('puts values into their places and leaves alone what it has no value for', () => {
    assert.equal(t('view.conversation', { name: 'Анна $&' }), 'Анна $&: {count}');
  });

  it('chooses the plural form by the count, and writes numbers as the language does', () => {
    assert.equal(t('status.badge', { count: 21 }), '21 сообщение');
    assert.equal(t('status.badge', { count: 3 }), '3 сообщения');
    assert.equal(t('status.badge', { count: 11_000 }), '11\u00a0000 сообщений');
  });
});

import { expect, test } from 'vitest';
import { en } from './en';
import { es } from './es';

type Tree = { readonly [key: string]: string | Tree };

const PLURAL = /_(zero|one|two|few|many|other)$/;

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(`${path}${key}`, value);
    else for (const [name, text] of leaves(value, `${path}${key}.`)) found.set(name, text);
  }
  return found;
}

const names = (tree: Tree) => new Set([...leaves(tree).keys()].map((key) => key.replace(PLURAL, '')));
const placeholders = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]));

test('both languages say the same things', () => {
  expect([...names(es)].sort()).toEqual([...names(en)].sort());
});

test.each([
  ['es', es],
  ['en', en],
])('%s has every plural that its grammar asks for', (language, tree: Tree) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const keys = leaves(tree);
  for (const key of keys.keys()) {
    if (!PLURAL.test(key)) continue;
    for (const category of categories)
      expect(keys.has(key.replace(PLURAL, `_${category}`)), `${key} in ${category}`).toBe(true);
  }
});

test('both languages use the same values', () => {
  const english = leaves(en);
  for (const [key, text] of leaves(es)) {
    const other = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
    expect(placeholders(text), key).toEqual(placeholders(other ?? ''));
  }
});

test('no text is empty or shouts', () => {
  for (const text of [...leaves(es).values(), ...leaves(en).values()]) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/[!¡]/);
  }
});

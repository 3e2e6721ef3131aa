import { expect, test } from 'vitest';
import { nameOf, questionsOf, sentShare, stateOf, titleOf } from './survey';

const FILE = { name: 'relation', title: { es: 'Sobre la relación', en: 'About us' }, questions: [{}, {}] };

test('the title is in the language of the reader, else in one that the survey has', () => {
  expect(titleOf(FILE, 'en')).toBe('About us');
  expect(titleOf({ title: { es: 'Solo en español' } }, 'en')).toBe('Solo en español');
});

test('a file of another shape has no title, no name and no questions', () => {
  for (const file of [null, 'text', [], { title: 7, questions: 'two' }]) {
    expect(titleOf(file, 'es')).toBeNull();
    expect(nameOf(file)).toBe('');
    expect(questionsOf(file)).toBe(0);
  }
  expect([nameOf(FILE), questionsOf(FILE)]).toEqual(['relation', 2]);
});

test('of nobody there is no share', () => {
  expect(sentShare({ partial: 0, complete: 0 })).toBeNull();
  expect(sentShare({ partial: 1, complete: 3 })).toBe(0.75);
});

test('an unknown state takes no answers', () => {
  expect(['draft', 'open', 'closed', 'paused'].map(stateOf)).toEqual(['draft', 'open', 'closed', 'closed']);
});

import { describe, expect, test } from 'vitest';
import {
  addChoice,
  addLanguage,
  addQuestion,
  answerText,
  emptySurvey,
  freeKey,
  type Json,
  keyOf,
  languagesOf,
  moved,
  moveQuestion,
  namedBy,
  placeOf,
  problemsAt,
  questionsOf,
  removeLanguage,
  renameQuestion,
  textIn,
  unfilled,
  valueAt,
  withText,
  withType,
  withValue,
} from './document';

/** With members that this editor knows nothing of, everywhere. */
const FILE: Json = {
  format: 1,
  name: 'visit',
  languages: ['es', 'en'],
  title: { es: 'Visita', en: 'Visit' },
  ask: { after: 'web:Order Completed', wait: '2h', says: { es: 'ya', en: 'now' } },
  quotas: [{ most: 10, question: 'reason', choice: 'look', kept: true }],
  questions: [
    {
      id: 'reason',
      type: 'choice',
      text: { es: '¿A qué?', en: 'What for?' },
      choices: [{ id: 'look', text: { es: 'Mirar', en: 'Look' } }],
      skip: [{ when: { question: 'reason', is: 'look' }, to: 'comment' }],
    },
    {
      id: 'ease',
      type: 'ces',
      text: { es: 'Fácil', en: 'Easy' },
      low: { es: 'No', en: 'No' },
      later: [1, { deep: null }],
    },
    {
      id: 'comment',
      type: 'text',
      text: { es: '¿Más?', en: 'More?' },
      show_when: {
        any: [
          { question: 'ease', at_most: 4 },
          { question: 'reason', answered: false },
        ],
      },
    },
  ],
};

const WORDS = { yes: 'Sí', no: 'No', better: 'Mejor', as: 'Igual', worse: 'Peor' };

test('what no field shows stays as it is, whatever is changed beside it', () => {
  const changes: Json[] = [
    withValue(FILE, ['questions', 1, 'required'], true),
    withText(FILE, ['title'], 'en', 'A visit', false),
    moveQuestion(FILE, 0, 2),
    addQuestion(FILE, 'nps'),
    renameQuestion(FILE, 2, 'more'),
    addChoice(FILE, 0),
  ];
  for (const changed of changes) {
    expect(valueAt(changed, ['ask'])).toEqual(valueAt(FILE, ['ask']));
    expect(valueAt(changed, ['quotas', 0, 'kept'])).toBe(true);
    expect(questionsOf(changed).find(({ id }) => id === 'ease')?.later).toEqual([1, { deep: null }]);
  }
});

test('a change leaves the file before it as it was', () => {
  const before = JSON.stringify(FILE);
  withValue(FILE, ['questions', 0], undefined);
  renameQuestion(FILE, 0, 'why');
  addLanguage(FILE, 'fr');
  removeLanguage(FILE, 'en');
  expect(JSON.stringify(FILE)).toBe(before);
});

test('an optional text that is empty everywhere is not there, a required one is empty', () => {
  const low = ['questions', 1, 'low'];
  const half = withText(FILE, low, 'es', '', true);
  expect(valueAt(half, low)).toEqual({ es: '', en: 'No' });
  expect(questionsOf(withText(half, low, 'en', '', true))[1]).not.toHaveProperty('low');
  expect(valueAt(withText(withText(FILE, ['title'], 'es', '', false), ['title'], 'en', '', false), ['title'])).toEqual({
    es: '',
    en: '',
  });
});

test('a question moves and the others keep their order', () => {
  const ids = (file: Json) => questionsOf(file).map(({ id }) => id);
  expect(ids(moveQuestion(FILE, 0, 2))).toEqual(['ease', 'comment', 'reason']);
  expect(ids(moveQuestion(FILE, 2, 0))).toEqual(['comment', 'reason', 'ease']);
  for (const [from, to] of [
    [0, -1],
    [2, 3],
    [7, 0],
  ] as const)
    expect(ids(moveQuestion(FILE, from, to))).toEqual(ids(FILE));
  const list = [...'abcdef'];
  for (let from = 0; from < 6; from += 1)
    for (let to = 0; to < 6; to += 1) {
      const after = moved(list, from, to);
      expect(after[to]).toBe(list[from]);
      expect(after.filter((each) => each !== list[from])).toEqual(list.filter((each) => each !== list[from]));
    }
});

describe('another key of a question', () => {
  test('reaches conditions, skips and quotas', () => {
    const renamed = renameQuestion(FILE, 0, 'why');
    expect(valueAt(renamed, ['quotas', 0, 'question'])).toBe('why');
    expect(valueAt(renamed, ['questions', 0, 'skip'])).toEqual([
      { when: { question: 'why', is: 'look' }, to: 'comment' },
    ]);
    expect(valueAt(renamed, ['questions', 2, 'show_when', 'any', 1, 'question'])).toBe('why');
    expect(valueAt(renamed, ['questions', 2, 'show_when', 'any', 0, 'question'])).toBe('ease');
    expect(valueAt(renameQuestion(FILE, 2, 'more'), ['questions', 0, 'skip', 0, 'to'])).toBe('more');
  });
  test('changes only its own while two have the same', () => {
    const twice = withValue(FILE, ['questions', 1, 'id'], 'reason');
    const renamed = renameQuestion(twice, 1, 'ease');
    expect(questionsOf(renamed).map(({ id }) => id)).toEqual(['reason', 'ease', 'comment']);
    expect(valueAt(renamed, ['quotas', 0, 'question'])).toBe('reason');
  });
});

test('who speaks of a question is known before it goes', () => {
  expect(namedBy(FILE, 'reason')).toEqual(['comment', 'quotas']);
  expect(namedBy(FILE, 'comment')).toEqual(['reason']);
  expect(namedBy(FILE, 'nothing')).toEqual([]);
});

test('a language comes with its texts to be written and goes with them', () => {
  const three = addLanguage(FILE, 'fr');
  expect(languagesOf(three)).toEqual(['es', 'en', 'fr']);
  expect(valueAt(three, ['questions', 0, 'choices', 0, 'text'])).toEqual({ es: 'Mirar', en: 'Look', fr: '' });
  expect(removeLanguage(three, 'fr')).toEqual(FILE);
  expect(valueAt(removeLanguage(FILE, 'es'), ['title'])).toEqual({ en: 'Visit' });
});

test('another type keeps what it can have and gets what it must', () => {
  const text = withType(FILE, 1, 'text');
  expect(questionsOf(text)[1]).toEqual({
    id: 'ease',
    type: 'text',
    text: { es: 'Fácil', en: 'Easy' },
    later: [1, { deep: null }],
  });
  expect(valueAt(withType(FILE, 1, 'nps'), ['questions', 1, 'low'])).toEqual({ es: 'No', en: 'No' });
  expect(valueAt(withType(FILE, 2, 'choices'), ['questions', 2, 'choices'])).toHaveLength(2);
  expect(valueAt(withType(FILE, 0, 'choices'), ['questions', 0, 'choices'])).toHaveLength(1);
});

test('keys are made out of texts, and none is used twice', () => {
  expect(keyOf('  ¿Cómo fue la señalización? ')).toBe('como-fue-la-senalizacion');
  expect(keyOf('¿?')).toBe('');
  expect([freeKey('a', []), freeKey('a', ['a']), freeKey('a', ['a', 'a-2'])]).toEqual(['a', 'a-2', 'a-3']);
  const three = addQuestion(addQuestion(emptySurvey(['es']), 'nps'), 'nps');
  expect(questionsOf(three).map(({ id }) => id)).toEqual(['recommend', 'recommend-2', 'recommend-3']);
});

test('a problem belongs to its place and to what is around it, and to nothing that only begins alike', () => {
  const problems = ['$.questions[1].text.es', '$.questions[12].text', '$.questions[1]', '$.title'].map((place) => ({
    place,
  }));
  expect(problemsAt(problems, ['questions', 1]).map(({ place }) => place)).toEqual([
    '$.questions[1].text.es',
    '$.questions[1]',
  ]);
  expect(problemsAt(problems, ['questions'])).toHaveLength(3);
  expect(problemsAt(problems, ['questions', 1, 'text', 'es'])).toHaveLength(1);
});

test('a place is read as the server spells it', () => {
  expect(placeOf('$.questions[2].text.pt-BR')).toEqual(['questions', 2, 'text', 'pt-BR']);
  expect(placeOf('$')).toEqual([]);
  for (const other of ["$['a b']", 'title', '$.a.', '$[x]']) expect(placeOf(other)).toBeNull();
});

test('an answer reads as it was asked, and as it is where nobody knows the question any more', () => {
  const question = (at: number) => questionsOf(FILE)[at];
  expect(answerText(question(0), 'look', 'es', WORDS)).toBe('Mirar');
  expect(answerText(question(0), ['look', 'gone'], 'en', WORDS)).toBe('Look, gone');
  expect(answerText(question(1), 5, 'es', WORDS)).toBe('5 / 7');
  expect(answerText(question(2), 'muy bien', 'es', WORDS)).toBe('muy bien');
  expect(answerText({ type: 'consent' }, true, 'es', WORDS)).toBe('Sí');
  expect(answerText({ type: 'expectation' }, 'as', 'es', WORDS)).toBe('Igual');
  expect(answerText({ type: 'expectation', as: { es: 'Justo' } }, 'as', 'es', WORDS)).toBe('Justo');
  expect(answerText(undefined, 7, 'es', WORDS)).toBe('7');
});

test('a text reads with its fallbacks where nobody is known', () => {
  expect(unfilled('{{customer.first_name|Hola}}, ¿y {{touchpoint|la visita}}?')).toBe('Hola, ¿y la visita?');
  expect(unfilled('¿Y {{touchpoint}}? {no} {{')).toBe('¿Y ? {no} {{');
});

test('what is no survey has nothing, and breaks nothing', () => {
  for (const file of [null, 7, 'text', [], { questions: 'two', languages: 3, title: [] }] as Json[]) {
    expect(questionsOf(file)).toEqual([]);
    expect(languagesOf(file)).toEqual([]);
    expect(textIn(valueAt(file, ['title']), 'es')).toBe('');
    expect(valueAt(addQuestion(file, 'text'), ['questions', 0, 'id'])).toBe('comment');
  }
});

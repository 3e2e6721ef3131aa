// The file of a survey as the editor changes it: the JSON itself, so that what the editor does not know stays as it is. Pure.

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json | undefined };
export type JsonObject = { [member: string]: Json | undefined };
/** A place in a file: `['questions', 2, 'text', 'es']`. */
export type Place = readonly (string | number)[];

/** The types of questions that the editor offers, as files spell them, in the order in which they are offered. */
export const QUESTION_TYPES = [
  'nps',
  'csat',
  'ces',
  'rating',
  'choice',
  'choices',
  'text',
  'expectation',
  'consent',
] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

export function languagesOf(file: unknown): string[] {
  const codes = isObject(file) ? listOf(file.languages) : [];
  return codes.filter((code): code is string => typeof code === 'string');
}

/** The questions; what is no object is passed over by whoever reads, and kept by whoever changes. */
export function questionsOf(file: unknown): JsonObject[] {
  return isObject(file) ? listOf(file.questions).filter(isObject) : [];
}

export function idOf(question: JsonObject | undefined): string {
  return typeof question?.id === 'string' ? question.id : '';
}

export function typeOf(question: JsonObject | undefined): QuestionType | null {
  return QUESTION_TYPES.find((type) => type === question?.type) ?? null;
}

/** A text in a language, else in the first that it has; empty where there is none. */
export function textIn(texts: unknown, language: string): string {
  if (!isObject(texts)) return '';
  const own = texts[language];
  if (typeof own === 'string') return own;
  const other = Object.values(texts).find((text) => typeof text === 'string');
  return typeof other === 'string' ? other : '';
}

/** A text as it reads where nothing is known of the customer: with the fallbacks of its placeholders. */
export function unfilled(text: string): string {
  return text.replace(/\{\{[^{}|]*(?:\|([^{}]*))?\}\}/g, (_, fallback?: string) => fallback ?? '');
}

/** The text of exactly this language. */
export function ownText(texts: unknown, language: string): string {
  const own = isObject(texts) ? texts[language] : undefined;
  return typeof own === 'string' ? own : '';
}

export function valueAt(file: Json | undefined, place: Place): Json | undefined {
  let value: Json | undefined = file;
  for (const step of place) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isObject(value) && typeof step === 'string') value = value[step];
    else return undefined;
  }
  return value;
}

/** The file with another value at a place; with `undefined` the member is not there any more. Nothing else is touched. */
export function withValue(file: Json, place: Place, value: Json | undefined): Json {
  const [step, ...rest] = place;
  if (step === undefined) return value ?? null;
  if (typeof step === 'number') {
    const list = [...listOf(file)];
    if (rest.length === 0 && value === undefined) list.splice(step, 1);
    else list[step] = withValue(list[step] ?? null, rest, value);
    return list;
  }
  const object = isObject(file) ? file : {};
  if (rest.length === 0 && value === undefined) {
    const { [step]: _, ...others } = object;
    return others;
  }
  return { ...object, [step]: withValue(object[step] ?? null, rest, value) };
}

/** A text in one language; an optional one that is empty everywhere is not there. */
export function withText(file: Json, place: Place, language: string, text: string, isOptional: boolean): Json {
  const before = valueAt(file, place);
  const texts: JsonObject = { ...(isObject(before) ? before : {}), [language]: text };
  const isEmpty = Object.values(texts).every((each) => each === '');
  return withValue(file, place, isOptional && isEmpty ? undefined : texts);
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  const others = list.filter((_, at) => at !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

export function moveQuestion(file: Json, from: number, to: number): Json {
  return withValue(file, ['questions'], moved(listOf(valueAt(file, ['questions'])), from, to));
}

/** A key that is not used yet: `comment`, `comment-2` … */
export function freeKey(wanted: string, used: readonly string[]): string {
  if (!used.includes(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!used.includes(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

/** A key out of a text, as files spell keys. */
export function keyOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

const KEY_OF_TYPE: Record<QuestionType, string> = {
  nps: 'recommend',
  csat: 'satisfied',
  ces: 'easy',
  rating: 'stars',
  choice: 'choice',
  choices: 'choices',
  text: 'comment',
  expectation: 'expected',
  consent: 'contact',
};

const emptyTexts = (languages: readonly string[]): JsonObject =>
  Object.fromEntries(languages.map((language) => [language, '']));

function newChoice(used: readonly string[], languages: readonly string[]): JsonObject {
  return { id: freeKey('option', used), text: emptyTexts(languages) };
}

/** A question of a type with everything that it must have, its texts to be written. */
export function newQuestion(file: Json, type: QuestionType): JsonObject {
  const languages = languagesOf(file);
  const question: JsonObject = {
    id: freeKey(KEY_OF_TYPE[type], questionsOf(file).map(idOf)),
    type,
    text: emptyTexts(languages),
  };
  if (type === 'choice' || type === 'choices')
    question.choices = [newChoice([], languages), newChoice(['option'], languages)];
  return question;
}

export function addQuestion(file: Json, type: QuestionType): Json {
  return withValue(file, ['questions'], [...listOf(valueAt(file, ['questions'])), newQuestion(file, type)]);
}

export function addChoice(file: Json, question: number): Json {
  const place = ['questions', question, 'choices'];
  const choices = listOf(valueAt(file, place));
  const used = choices.map((choice) => (isObject(choice) ? idOf(choice) : ''));
  return withValue(file, place, [...choices, newChoice(used, languagesOf(file))]);
}

/** What only some types have. */
const OWN: Record<string, readonly QuestionType[]> = {
  low: ['nps', 'csat', 'ces', 'rating'],
  high: ['nps', 'csat', 'ces', 'rating'],
  faces: ['csat'],
  stars: ['rating'],
  reversed: ['rating'],
  choices: ['choice', 'choices'],
  most: ['choices'],
  purpose: ['consent'],
  better: ['expectation'],
  as: ['expectation'],
  worse: ['expectation'],
};

/** Another type of the same question: what the new one cannot have is left out, what it must have is there. */
export function withType(file: Json, at: number, type: QuestionType): Json {
  const before = valueAt(file, ['questions', at]);
  const kept = Object.entries(isObject(before) ? before : {}).filter(([member]) => OWN[member]?.includes(type) ?? true);
  const question: JsonObject = { ...Object.fromEntries(kept), type };
  if ((type === 'choice' || type === 'choices') && question.choices === undefined)
    question.choices = newQuestion(file, type).choices;
  return withValue(file, ['questions', at], question);
}

/** Questions that speak of this one in a condition, a skip or a quota: without it they would be refused. */
export function namedBy(file: Json, id: string): string[] {
  const names = (value: Json | undefined): boolean => {
    if (Array.isArray(value)) return value.some(names);
    if (!isObject(value)) return false;
    return value.question === id || value.to === id || Object.values(value).some(names);
  };
  const logic = ({ show_when: showWhen, skip }: JsonObject) => names(showWhen) || names(skip);
  const questions = questionsOf(file).filter((question) => idOf(question) !== id && logic(question));
  return [...questions.map(idOf), ...(names(valueAt(file, ['quotas'])) ? ['quotas'] : [])];
}

/** Another key for a question, everywhere it is named. */
export function renameQuestion(file: Json, at: number, id: string): Json {
  const before = valueAt(file, ['questions', at, 'id']);
  const questions = listOf(valueAt(file, ['questions']));
  const renamed = (value: Json | undefined): Json | undefined => {
    if (Array.isArray(value)) return value.map((each) => renamed(each) ?? null);
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(([member, inside]) => {
      const isName = (member === 'question' || member === 'to') && inside === before;
      return [member, isName ? id : renamed(inside)] as const;
    });
    return Object.fromEntries(members);
  };
  // Two questions of one key are a problem that is told; what is meant by it nobody can say.
  const isShared = questions.filter((question) => isObject(question) && question.id === before).length > 1;
  const changed = questions.map((question, position) => {
    if (!isObject(question)) return question;
    const logic: JsonObject = {};
    if (!isShared && question.show_when !== undefined) logic.show_when = renamed(question.show_when);
    if (!isShared && question.skip !== undefined) logic.skip = renamed(question.skip);
    return { ...question, ...logic, ...(position === at ? { id } : {}) };
  });
  const quotas = valueAt(file, ['quotas']);
  const file2 = withValue(file, ['questions'], changed);
  return quotas === undefined || isShared ? file2 : withValue(file2, ['quotas'], renamed(quotas));
}

/** Adds a language: every text is to be written in it. */
export function addLanguage(file: Json, language: string): Json {
  const isTexts = (value: JsonObject) => {
    const known = languagesOf(file);
    const members = Object.entries(value);
    return members.length > 0 && members.every(([code, text]) => known.includes(code) && typeof text === 'string');
  };
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    if (isTexts(value)) return { ...value, [language]: '' };
    return Object.fromEntries(Object.entries(value).map(([member, inside]) => [member, walk(inside ?? null)]));
  };
  return withValue(walk(file), ['languages'], [...languagesOf(file), language]);
}

/** Takes a language and all its texts away. */
export function removeLanguage(file: Json, language: string): Json {
  const known = languagesOf(file);
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const members = Object.entries(value);
    const isTexts =
      members.length > 0 && members.every(([code, text]) => known.includes(code) && typeof text === 'string');
    const kept = isTexts ? members.filter(([code]) => code !== language) : members;
    return Object.fromEntries(kept.map(([member, inside]) => [member, walk(inside ?? null)]));
  };
  return withValue(
    walk(file),
    ['languages'],
    known.filter((code) => code !== language),
  );
}

/** A place as the server spells it: `$.questions[2].text.es`. */
export function placeText(place: Place): string {
  return place.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`), '$');
}

/** A place out of what the server spells; nothing for what is no plain place. */
export function placeOf(text: string): Place | null {
  if (!/^\$(\.[\w-]+|\[\d+\])*$/.test(text)) return null;
  return [...text.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, member, at]) => member ?? Number(at));
}

/** Those of some problems that are at a place or below it. */
export function problemsAt<P extends { place: string }>(problems: readonly P[], place: Place): P[] {
  const prefix = placeText(place);
  return problems.filter(
    ({ place: own }) => own === prefix || own.startsWith(`${prefix}.`) || own.startsWith(`${prefix}[`),
  );
}

/** A survey with nothing in it but what every survey must have. */
export function emptySurvey(languages: readonly string[]): Json {
  const texts = () => emptyTexts(languages);
  const file: JsonObject = {
    format: 1,
    name: '',
    kind: 'transactional',
    languages: [...languages],
    title: texts(),
    questions: [],
    thanks: texts(),
  };
  return addQuestion(file, 'nps');
}

/** How an answer reads. */
export interface AnswerWords {
  yes: string;
  no: string;
  better: string;
  as: string;
  worse: string;
}

export function highestOf(question: JsonObject): number | null {
  const type = typeOf(question);
  if (type === 'nps') return 10;
  if (type === 'csat') return 5;
  if (type === 'ces') return 7;
  if (type === 'rating') return typeof question.stars === 'number' ? question.stars : 5;
  return null;
}

/** What somebody answered, as words: the texts of choices, a number beside the highest there is. */
export function answerText(
  question: JsonObject | undefined,
  answer: unknown,
  language: string,
  words: AnswerWords,
): string {
  if (Array.isArray(answer)) return answer.map((each) => answerText(question, each, language, words)).join(', ');
  const type = typeOf(question);
  if (type === 'consent') return answer === true || answer === 'yes' ? words.yes : words.no;
  if (type === 'expectation' && (answer === 'better' || answer === 'as' || answer === 'worse'))
    return textIn(question?.[answer], language) || words[answer];
  if (type === 'choice' || type === 'choices') {
    const choice = listOf(question?.choices).find((each) => isObject(each) && each.id === answer);
    return (isObject(choice) && textIn(choice.text, language)) || String(answer);
  }
  const highest = question ? highestOf(question) : null;
  return highest === null ? String(answer) : `${String(answer)} / ${highest}`;
}

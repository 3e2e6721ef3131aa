// Conditions as sentences: those that people write every day. What is more than that stays in the file as it is, and is shown as such. Pure.
import { highestOf, idOf, isObject, type Json, type JsonObject, typeOf } from './document';

export type Comparison = 'at_least' | 'at_most' | 'is' | 'answered' | 'not_answered';

export interface Rule {
  question: string;
  comparison: Comparison;
  /** A number of a scale, or words of choices; of no meaning where it is only asked whether there is an answer. */
  value: number | string[];
}

/** How several rules are joined. */
export interface Rules {
  join: 'all' | 'any';
  rules: Rule[];
}

function readRule(condition: Json | undefined): Rule | null {
  if (!isObject(condition) || typeof condition.question !== 'string') return null;
  const { question } = condition;
  const members = Object.keys(condition).filter((member) => member !== 'question');
  if (members.length !== 1) return null;
  const [comparison] = members;
  const value = comparison === undefined ? undefined : condition[comparison];
  if (comparison === 'answered' && typeof value === 'boolean')
    return { question, comparison: value ? 'answered' : 'not_answered', value: [] };
  if ((comparison === 'at_least' || comparison === 'at_most') && typeof value === 'number')
    return { question, comparison, value };
  if (comparison === 'is') {
    const words = Array.isArray(value) ? value : [value];
    if (words.every((word): word is string => typeof word === 'string')) return { question, comparison, value: words };
  }
  return null;
}

/** Reads a condition; `null` for one that this editor does not write. */
export function readRules(condition: Json | undefined): Rules | null {
  if (condition === undefined) return { join: 'all', rules: [] };
  if (isObject(condition)) {
    for (const join of ['all', 'any'] as const) {
      const inside = condition[join];
      if (!Array.isArray(inside) || Object.keys(condition).length !== 1) continue;
      const rules = inside.map(readRule);
      return rules.every((rule) => rule !== null) ? { join, rules } : null;
    }
  }
  const rule = readRule(condition);
  return rule ? { join: 'all', rules: [rule] } : null;
}

function writeRule({ question, comparison, value }: Rule): JsonObject {
  if (comparison === 'answered' || comparison === 'not_answered')
    return { question, answered: comparison === 'answered' };
  if (comparison === 'is') {
    const words = Array.isArray(value) ? value : [String(value)];
    return { question, is: words.length === 1 ? (words[0] ?? '') : words };
  }
  return { question, [comparison]: typeof value === 'number' ? value : 0 };
}

export function writeRules({ join, rules }: Rules): JsonObject | undefined {
  const [first, ...others] = rules;
  if (first === undefined) return undefined;
  return others.length === 0 ? writeRule(first) : { [join]: rules.map(writeRule) };
}

/** The words that an answer to a question can be compared with, as files spell them. */
export function wordsOf(question: JsonObject | undefined): string[] {
  const type = typeOf(question);
  if (type === 'expectation') return ['better', 'as', 'worse'];
  if (type === 'consent') return ['yes', 'no'];
  if (type !== 'choice' && type !== 'choices') return [];
  const choices = Array.isArray(question?.choices) ? question.choices : [];
  return choices.filter(isObject).map(idOf);
}

/** How answers to a question can be compared. */
export function comparisonsOf(question: JsonObject | undefined): Comparison[] {
  if (question !== undefined && highestOf(question) !== null)
    return ['at_least', 'at_most', 'answered', 'not_answered'];
  if (wordsOf(question).length > 0) return ['is', 'answered', 'not_answered'];
  return ['answered', 'not_answered'];
}

/** A rule about a question that can be true and false. */
export function newRule(question: JsonObject): Rule {
  const comparison = comparisonsOf(question)[0] ?? 'answered';
  return { question: idOf(question), comparison, value: valueFor(question, comparison) };
}

export function valueFor(question: JsonObject | undefined, comparison: Comparison): Rule['value'] {
  const highest = question === undefined ? null : highestOf(question);
  if (comparison === 'at_most') return Math.max(1, Math.round((highest ?? 10) * 0.6));
  if (comparison === 'at_least') return Math.max(1, Math.round((highest ?? 10) * 0.9));
  return comparison === 'is' ? wordsOf(question).slice(0, 1) : [];
}

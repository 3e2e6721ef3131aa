// A step of a funnel as the interface writes it: `Order Completed[payment_method=card][store_id!=7][items>=3]`. Pure.
import type { Funnel } from '@/api/client';

export type StepCondition = NonNullable<Funnel['steps'][number]['conditions']>[number];

/** How the value of an event stands to the one that is asked for; all but the first two are about numbers. */
export const OPERATORS = ['=', '!=', '>', '>=', '<', '<='] as const;

export function isComparison(operator: string): boolean {
  return operator.includes('<') || operator.includes('>');
}

const SIGNS: Record<string, string> = { '!=': '≠', '>=': '≥', '<=': '≤' };

/** An operator as people read it. */
export function signOf(operator: string): string {
  return SIGNS[operator] ?? operator;
}

/** Whether the interface takes a value for a number: what JSON takes for one. */
export function isNumber(value: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,17})?$/.test(value);
}

export interface WrittenStep {
  activity: string;
  conditions: readonly StepCondition[];
}

/** Each condition is the shortest end in brackets that has a sign to compare with, so that brackets in a name are no trouble. */
export function readStep(text: string): WrittenStep {
  const conditions: StepCondition[] = [];
  let activity = text;
  for (let found = lastCondition(activity); found; found = lastCondition(activity)) {
    activity = found.before;
    conditions.unshift(found.condition);
  }
  return { activity, conditions };
}

function lastCondition(text: string): { before: string; condition: StepCondition } | null {
  if (!text.endsWith(']')) return null;
  const inner = text.slice(0, -1);
  for (let start = inner.lastIndexOf('['); start > 0; start = inner.lastIndexOf('[', start - 1)) {
    const sign = inner.slice(start).search(/[=<>]/);
    if (sign < 0) continue;
    const left = inner.slice(start + 1, start + sign);
    const rest = inner.slice(start + sign);
    const found = rest.match(/^[<>]=?/)?.[0] ?? (left.endsWith('!') ? '!=' : '=');
    const value = rest.slice(found === '!=' ? 1 : found.length).trim();
    const property = (found === '!=' ? left.replace(/!+$/, '') : left).trim();
    const before = inner.slice(0, start).trimEnd();
    if (property === '' || before === '') return null;
    return { before, condition: { property, operator: found, value } };
  }
  return null;
}

export function writeStep({ activity, conditions }: WrittenStep): string {
  return activity + conditions.map(({ property, operator, value }) => `[${property}${operator}${value}]`).join('');
}

// A step of a funnel as the interface writes it: `Order Completed[payment_method=card][store_id!=7]`. Pure.
import type { Funnel } from '@/api/client';

export type StepCondition = NonNullable<Funnel['steps'][number]['conditions']>[number];

export interface WrittenStep {
  activity: string;
  conditions: readonly StepCondition[];
}

/** Each condition is the shortest end in brackets that has an equals sign, so that brackets in a name are no trouble. */
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
    const equals = inner.indexOf('=', start);
    if (equals < 0) continue;
    const left = inner.slice(start + 1, equals);
    const isEqual = !left.endsWith('!');
    const property = left.replace(/!+$/, '').trim();
    const before = inner.slice(0, start).trimEnd();
    if (property === '' || before === '') return null;
    return { before, condition: { property, operator: isEqual ? '=' : '!=', value: inner.slice(equals + 1).trim() } };
  }
  return null;
}

export function writeStep({ activity, conditions }: WrittenStep): string {
  return activity + conditions.map(({ property, operator, value }) => `[${property}${operator}${value}]`).join('');
}

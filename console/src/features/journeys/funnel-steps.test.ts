import { expect, test } from 'vitest';
import type { Funnel } from '@/api/client';
import { slowestStep, stepsOf, worstStep } from './funnel-steps';

const funnel = (steps: [string, number, number | null][]): Funnel => ({
  customers: steps[0]?.[1] ?? 0,
  steps: steps.map(([activity, customers, median_ms]) => ({ activity, customers, median_ms })),
  window_ms: 604_800_000,
  over: { events: 100, customers: 50, channels: [] },
  findings: [],
});

test('the worst step is the one that loses most customers, not the largest share', () => {
  const steps = stepsOf(
    funnel([
      ['view', 1000, null],
      ['add', 500, 60_000],
      ['pay', 50, 5_000],
      ['rate', 2, 1_000],
    ]),
  );
  expect(worstStep(steps)).toBe(1);
  expect(steps[2]).toMatchObject({ ofFirst: 0.05, ofBefore: 0.1, lost: 450 });
  expect(slowestStep(steps)).toBe(1);
});

test('where nobody is lost, no step is the worst', () => {
  expect(
    worstStep(
      stepsOf(
        funnel([
          ['view', 10, null],
          ['add', 10, 1],
        ]),
      ),
    ),
  ).toBeNull();
});

test('a funnel that nobody entered divides by nothing', () => {
  const steps = stepsOf(
    funnel([
      ['view', 0, null],
      ['add', 0, null],
    ]),
  );
  expect(steps.map((step) => step.ofFirst)).toEqual([0, 0]);
  expect(slowestStep(steps)).toBeNull();
});

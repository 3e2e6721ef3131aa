import { expect, test } from 'vitest';
import type { Json } from './document';
import { daysOf, endCounts, occasionOf, withOccasion } from './inviting';

const file = (invite?: Json): Json => ({ name: 'visit', ...(invite !== undefined && { invite }) });

test('a file says what leads to an invitation', () => {
  expect(occasionOf(file())).toBe('nobody');
  expect(occasionOf(file({ when: { event: 'Order Completed' } }))).toBe('event');
  expect(occasionOf(file({ when: { every_days: 90 } }))).toBe('moments');
  expect(occasionOf(file({ when: { days: ['2027-01-01'] } }))).toBe('days');
  expect(occasionOf(file({ when: { moon: 'full' } }))).toBeNull();
  expect(occasionOf(file({}))).toBeNull();
});

test('another occasion keeps whom a survey asks', () => {
  const before = file({ when: { every_days: 90 }, segment: 'Compradores', share: 25 });
  expect(withOccasion(before, 'event')).toEqual(
    file({ when: { event: '', after_minutes: 120 }, segment: 'Compradores', share: 25 }),
  );
  expect(withOccasion(before, 'nobody')).toEqual(file());
});

test('days are read as people write them', () => {
  expect(daysOf(' 2026-12-01,2027-03-01;\n2027-06-01 ')).toEqual(['2026-12-01', '2027-03-01', '2027-06-01']);
  expect(daysOf('  ')).toEqual([]);
});

test('what became of invitations is told in one order, with its share', () => {
  expect(endCounts({ too_soon: 1, invited: 3 })).toEqual([
    { end: 'invited', count: 3, share: 0.75 },
    { end: 'too_soon', count: 1, share: 0.25 },
  ]);
  expect(endCounts({})).toEqual([]);
});

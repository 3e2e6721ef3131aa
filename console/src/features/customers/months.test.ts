import { expect, test } from 'vitest';
import { monthMarks } from './months';

test('a year and a half is marked every quarter, with the year where it begins', () => {
  const marks = monthMarks(Date.parse('2025-05-03T10:00:00Z'), Date.parse('2026-10-20T10:00:00Z'), 'Europe/Madrid');
  expect(marks.map((mark) => new Date(mark.at).toISOString().slice(0, 7))).toEqual([
    '2025-07',
    '2025-10',
    '2026-01',
    '2026-04',
    '2026-07',
    '2026-10',
  ]);
  expect(marks.filter((mark) => mark.isYear).map((mark) => new Date(mark.at).toISOString().slice(0, 4))).toEqual([
    '2025',
    '2026',
  ]);
});

test('a relation of a few days has no months to mark', () => {
  expect(monthMarks(Date.parse('2026-03-03T00:00:00Z'), Date.parse('2026-03-09T00:00:00Z'), 'UTC')).toEqual([]);
});

import { expect, test } from 'vitest';
import { monthMarks, visitsByMonth } from './months';

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

test('visits are counted in the month that the clocks of the organisation show', () => {
  const visit = (at: string, channel: string | null) => ({ startedAt: Date.parse(at), channel });
  const months = visitsByMonth(
    [visit('2026-06-30T23:30:00Z', 'web'), visit('2026-06-30T20:00:00Z', 'web'), visit('2026-06-02T10:00:00Z', null)],
    'Europe/Madrid',
  );
  expect(months.map(({ counts }) => [...counts])).toEqual([
    [['web', 1]],
    [
      ['web', 1],
      [null, 1],
    ],
  ]);
});

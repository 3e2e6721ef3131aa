import { describe, expect, test } from 'vitest';
import type { Annotation } from '@/api/client';
import { beganIn, marksOf, rowsOf } from './annotations';
import type { ScorePoint } from './scores';

const week = (firstDay: string): ScorePoint => ({ firstDay, isOver: true, answers: 0, customers: 0, score: null });
const WEEKS = [week('2026-03-02'), week('2026-03-09'), week('2026-03-16'), week('2026-03-23')];
const PLACE = { left: 100, right: 500 };

const happened = (first_day: string, last_day = first_day): Annotation => ({
  id: 'ann_1',
  kind: 'other',
  first_day,
  last_day,
  text: 'x',
  created_by: 'ana',
  created_at: '2026-03-01T00:00:00.000Z',
});

const places = (...annotations: Annotation[]) =>
  marksOf(WEEKS, annotations, PLACE).map(({ from, to, row }) => [Math.round(from), Math.round(to), row]);

describe('what happened on a trend', () => {
  test('a day stands within its week', () => {
    expect(places(happened('2026-03-09'))).toEqual([[200, 214, 0]]);
    expect(places(happened('2026-03-15'))).toEqual([[286, 300, 0]]);
  });

  test('several days reach over weeks', () => {
    expect(places(happened('2026-03-09', '2026-03-22'))).toEqual([[200, 400, 0]]);
  });

  test('what began before or ends after is cut at the ends', () => {
    expect(places(happened('2026-01-01', '2026-03-08'))).toEqual([[100, 200, 0]]);
    expect(places(happened('2026-03-23', '2027-03-23'))).toEqual([[400, 500, 0]]);
  });

  test('numbers that would cover each other stand below each other', () => {
    const marks = marksOf(
      WEEKS,
      [happened('2026-03-09'), happened('2026-03-09'), happened('2026-03-10'), happened('2026-03-12')],
      PLACE,
    );
    expect(marks.map(({ row }) => row)).toEqual([0, 1, 2, 0]);
    expect(rowsOf(marks)).toBe(3);
    expect(rowsOf([])).toBe(0);
  });

  test('no period has no place', () => {
    expect(marksOf([], [happened('2026-03-09')], PLACE)).toEqual([]);
  });

  test('a row of a table has what began in it', () => {
    const all = [happened('2026-03-08'), happened('2026-03-09'), happened('2026-03-16')];
    expect(beganIn(all, '2026-03-09', '2026-03-16')).toEqual([all[1]]);
    expect(beganIn(all, '2026-03-09', undefined)).toEqual([all[1], all[2]]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Scores } from '@/api/client';
import { answerCounts, answerParts, axisOf, type Metric, scorePoints, stepOf } from './scores';
import { trendOf } from './trend';

const METRIC = {
  is_own: false,
  definition: { es: '', en: '' },
  source: '',
  property: '',
  example: { answers: [], score: 0 },
};
const NPS: Metric = {
  ...METRIC,
  name: 'nps',
  formula: 'net_share',
  detractors_to: 6,
  promoters_from: 9,
  answers: [0, 10],
  range: [-100, 100],
};
const CSAT: Metric = { ...METRIC, name: 'csat', formula: 'top_boxes', top_from: 4, answers: [1, 5], range: [0, 100] };
const STARS: Metric = { ...METRIC, name: 'rating', formula: 'mean', answers: [1, 5], range: [1, 5] };

describe('what was answered', () => {
  test('an answer that nobody gave has its place, empty', () => {
    expect(answerCounts(CSAT, [1, 5], [1, 3]).map(({ value, count, share }) => [value, count, share])).toEqual([
      [1, 1, 0.25],
      [2, 0, 0],
      [3, 0, 0],
      [4, 0, 0],
      [5, 3, 0.75],
    ]);
  });

  test('an answer between two whole ones stands between them', () => {
    expect(answerCounts(STARS, [3.5, 4], [1, 1]).map(({ value }) => value)).toEqual([1, 2, 3, 3.5, 4, 5]);
  });

  test('below the minimum nothing is told, and nothing is drawn', () => {
    expect(answerCounts(NPS, [0, 10], [])).toEqual([]);
  });

  test('six is a detractor, seven passive, nine a promoter', () => {
    const parts = answerParts(NPS, answerCounts(NPS, [6, 7, 8, 9], [4, 3, 2, 1]));
    expect(parts.map(({ name, count }) => [name, count])).toEqual([
      ['detractors', 4],
      ['passives', 5],
      ['promoters', 1],
    ]);
  });

  test('a satisfied customer answers four or five; a mean has no parts', () => {
    expect(answerParts(CSAT, answerCounts(CSAT, [3, 4, 5], [1, 1, 2])).map(({ share }) => share)).toEqual([0.25, 0.75]);
    expect(answerParts(STARS, answerCounts(STARS, [5], [1]))).toEqual([]);
  });

  test('an answer is coloured as it counts, where the metric says how', () => {
    expect(answerCounts(NPS, [6, 7, 9], [1, 1, 1]).flatMap(({ count, step }) => (count > 0 ? [step] : []))).toEqual([
      2, 5, 8,
    ]);
    expect(answerCounts(STARS, [1, 3, 5], [1, 1, 1]).flatMap(({ count, step }) => (count > 0 ? [step] : []))).toEqual([
      1, 5, 9,
    ]);
  });

  test('the scale of experience goes from the worst answer to the best', () => {
    expect([0, 5, 10, 12].map((value) => stepOf(value, [0, 10]))).toEqual([1, 5, 9, 9]);
  });
});

describe('the axis', () => {
  test('has room for every interval, at round numbers', () => {
    expect(axisOf([{ value: 15, low: 3, high: 27 }, null], [-100, 100])).toEqual({ low: 0, high: 30, step: 10 });
  });

  test('never goes beyond what the metric can be', () => {
    expect(axisOf([{ value: 98, low: 91, high: 100 }], [0, 100])).toEqual({ low: 90, high: 100, step: 5 });
  });

  test('is the whole range where nothing is known', () => {
    expect(axisOf([null], [1, 5])).toMatchObject({ low: 1, high: 5 });
  });
});

const scored = (answers: number, score: number | null) => ({
  answers,
  customers: answers,
  score,
  low: score === null ? null : score - 5,
  high: score === null ? null : score + 5,
  effective_answers: null,
  counts: [],
});

test('a period in which too few answered is a gap between two lines; one in which nobody did has no mark', () => {
  const answer = {
    periods: ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30'].map((first_day) => ({
      first_day,
      is_over: first_day < '2026-03-30',
    })),
    whole: {
      total: scored(60, 10),
      periods: [scored(20, 10), scored(20, 20), scored(3, null), scored(0, null), scored(20, 10)],
      levels: [],
      smoothed: [],
    },
  } as unknown as Scores;
  const points = scorePoints(answer);
  const trend = trendOf(points, NPS.range, { left: 0, right: 500, top: 0, bottom: 100 });
  expect(trend.lines).toHaveLength(2);
  expect(trend.bands).toHaveLength(1);
  expect(trend.alone).toEqual([4]);
  expect(trend.gaps.map(({ index }) => index)).toEqual([2]);
  expect(trend.points.map(({ index, x }) => [index, x])).toEqual([
    [0, 50],
    [1, 150],
    [4, 450],
  ]);
  expect(points.at(-1)?.isOver).toBe(false);
});

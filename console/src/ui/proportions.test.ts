import { expect, test } from 'vitest';
import { shareDifference, shareInterval } from './proportions';

test('the interval of a share is that of the literature', () => {
  // Newcombe (1998), Statistics in Medicine 17, 857–872: 81 of 263 by the score method.
  const interval = shareInterval(81, 263);
  expect(interval.low).toBeCloseTo(0.2553, 4);
  expect(interval.high).toBeCloseTo(0.3662, 4);
});

test('none of ten is not surely none of all', () => {
  const interval = shareInterval(0, 10);
  expect(interval.low).toBe(0);
  expect(interval.high).toBeCloseTo(0.2775, 4);
  expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('the interval of a difference is that of the literature', () => {
  // Newcombe (1998), Statistics in Medicine 17, 873–890: 56 of 70 against 48 of 80, method 10.
  const found = shareDifference(56, 70, 48, 80);
  expect(found?.difference).toBeCloseTo(0.2, 10);
  expect(found?.low).toBeCloseTo(0.0524, 4);
  expect(found?.high).toBeCloseTo(0.3339, 4);
});

test('with nobody there is nothing to compare', () => {
  expect(shareDifference(1, 2, 0, 0)).toBeNull();
});

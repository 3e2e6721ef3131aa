import { expect, test } from 'vitest';
import { funnelChange } from './funnel-weeks';

const weeks = (...shares: number[]) => shares.map((share) => ({ began: 100, ended: share }));

test('a week beside the others is no change', () => {
  const change = funnelChange({ began: 100, ended: 41 }, weeks(40, 38, 44, 39));
  expect(change?.isBeyondNoise).toBe(false);
  expect(change?.before).toBeCloseTo(0.4025);
});

test('a week far below all others is one', () => {
  const change = funnelChange({ began: 100, ended: 15 }, weeks(40, 38, 44, 39));
  expect(change?.isBeyondNoise).toBe(true);
  expect(change?.difference.high).toBeLessThan(0);
});

test('what a week before had too is none, however many customers there are', () => {
  const many = [0.4, 0.2, 0.45, 0.39].map((share) => ({ began: 100_000, ended: share * 100_000 }));
  expect(funnelChange({ began: 100_000, ended: 25_000 }, many)?.isBeyondNoise).toBe(false);
});

test('nobody is no share', () => {
  expect(funnelChange({ began: 0, ended: 0 }, weeks(40))).toBeNull();
  expect(funnelChange({ began: 5, ended: 0 }, weeks())).toBeNull();
});

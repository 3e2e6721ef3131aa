import { expect, test } from 'vitest';
import {
  formatAgo,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatMonth,
  formatNumber,
  formatRoundShare,
  formatShare,
} from './format';

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

test('thousands are grouped as each language does', () => {
  expect(plain(formatNumber(412318, 'es'))).toBe('412 318');
  expect(formatNumber(9102, 'es')).toBe('9102');
  expect(formatNumber(412318, 'en')).toBe('412,318');
  expect(formatNumber(2.755, 'es', 1)).toBe('2,8');
});

test('a share that is not nothing never reads as nothing', () => {
  expect(plain(formatShare(0.00004, 'es'))).toBe('< 0,1 %');
  expect(formatShare(0, 'en')).toBe('0%');
  expect(plain(formatShare(0.318, 'es'))).toBe('31,8 %');
  expect(formatShare(1, 'en')).toBe('100%');
  expect(formatShare(0.9991, 'en')).toBe('99.9%');
});

test('durations show what matters at their size', () => {
  expect(formatDuration(0, 'es')).toBe('0 s');
  expect(formatDuration(420, 'es')).toBe('420 ms');
  expect(formatDuration(40_000, 'es')).toBe('40 s');
  expect(formatDuration(180_000, 'es')).toBe('3 min');
  expect(formatDuration(2 * 86_400_000 + 12 * 3_600_000, 'es')).toBe('2 d 12 h');
  expect(formatDuration(59 * 60_000 + 59_900, 'en')).toBe('1 h');
  expect(formatDuration(3_599_999 + 3_600_000, 'en')).toBe('2 h');
  expect(formatDuration(11.4 * 60_000, 'es')).toBe('11 min');
});

test('money keeps the digits of its currency', () => {
  expect(plain(formatMoney(128450000, 'COP', 'es'))).toBe('1 284 500 COP');
  expect(plain(formatMoney(128450050, 'COP', 'es'))).toBe('1 284 500,50 COP');
  expect(formatMoney(9800, 'CLP', 'en')).toContain('9,800');
  expect(plain(formatMoney(950, 'EUR', 'es'))).toBe('9,50 €');
});

test('instants are those of the organisation, wherever the reader is', () => {
  expect(formatMoment('2026-06-30T23:30:00Z', 'time', 'es', 'Europe/Madrid')).toBe('01:30');
  expect(formatMoment('2026-06-30T23:30:00Z', 'date', 'es', 'America/Bogota')).toBe('30 jun 2026');
  expect(formatDay('2026-03-31', 'en')).toBe('31 Mar 2026');
});

test('the past is told in one unit', () => {
  const now = Date.parse('2026-06-30T12:00:00Z');
  expect(formatAgo('2026-06-27T11:00:00Z', now, 'es')).toBe('hace 3 días');
  expect(formatAgo('2026-06-30T11:59:30Z', now, 'en')).toBe('this minute');
});

test('axes write round shares without decimals, and the others with one', () => {
  expect([0, 0.05, 0.125, 1].map((share) => formatRoundShare(share, 'en'))).toEqual(['0%', '5%', '12.5%', '100%']);
});

test('a month is that of its first day, in whatever zone the reader is', () => {
  expect(formatMonth('2026-03-01', 'en')).toBe('Mar 2026');
});

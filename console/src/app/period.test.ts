import { expect, test } from 'vitest';
import { addDays, comparedPeriod, isDay, presetPeriod, readPeriod, today } from './period';

test('only days of the calendar are days', () => {
  expect(isDay('2026-02-28')).toBe(true);
  expect(isDay('2026-02-30')).toBe(false);
  expect(isDay('28/02/2026')).toBe(false);
  expect(isDay(20260228)).toBe(false);
});

test('an address with a period that ends before it begins keeps its beginning', () => {
  expect(readPeriod({ from: '2026-03-01', to: '2026-02-01' })).toEqual({ from: '2026-03-01' });
  expect(readPeriod({ from: 'ayer', to: '2026-02-01' })).toEqual({ to: '2026-02-01' });
});

test('today belongs to the last seven days', () => {
  expect(presetPeriod('last7', '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-04' });
  expect(presetPeriod('all', '2026-03-03')).toEqual({});
});

test('today is the day of the organisation, not of the reader', () => {
  const now = Date.parse('2026-06-30T23:30:00Z');
  expect(today('Europe/Madrid', now)).toBe('2026-07-01');
  expect(today('America/Bogota', now)).toBe('2026-06-30');
});

test('days carry over months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
});

test('a period is compared with as many days before, or with the same days a year before', () => {
  const march = { from: '2026-03-01', to: '2026-04-01' };
  expect(comparedPeriod(march, 'before')).toEqual({ from: '2026-01-29', to: '2026-03-01' });
  expect(comparedPeriod(march, 'yearBefore')).toEqual({ from: '2025-03-01', to: '2025-04-01' });
  expect(comparedPeriod({ from: '2028-02-29', to: '2028-03-01' }, 'yearBefore')).toEqual({
    from: '2027-03-01',
    to: '2027-03-02',
  });
  expect(comparedPeriod({ from: '2026-03-01' }, 'before')).toBeNull();
});

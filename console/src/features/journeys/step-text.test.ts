import { expect, test } from 'vitest';
import { readStep, writeStep } from './step-text';

test('a step without conditions is its activity', () => {
  expect(readStep('Order Completed')).toEqual({ activity: 'Order Completed', conditions: [] });
  expect(readStep('Step [optional]')).toEqual({ activity: 'Step [optional]', conditions: [] });
});

test('conditions are read as the server reads them, and written back the same', () => {
  const text = 'Order Completed[payment_method=card][store_id!=7]';
  expect(readStep(text)).toEqual({
    activity: 'Order Completed',
    conditions: [
      { property: 'payment_method', operator: '=', value: 'card' },
      { property: 'store_id', operator: '!=', value: '7' },
    ],
  });
  expect(writeStep(readStep(text))).toBe(text);
});

test('brackets and equals signs in names and values stay where they are', () => {
  expect(readStep('A [b][x=1=2]')).toEqual({
    activity: 'A [b]',
    conditions: [{ property: 'x', operator: '=', value: '1=2' }],
  });
  expect(readStep('[x=1]').activity).toBe('[x=1]');
  expect(readStep('A[=1]').conditions).toEqual([]);
});

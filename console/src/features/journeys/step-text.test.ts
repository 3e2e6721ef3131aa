import { expect, test } from 'vitest';
import { isNumber, readStep, writeStep } from './step-text';

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

test('comparisons of numbers are read as the server reads them', () => {
  const text = 'Waited[minutes>5][minutes<=10.5]';
  expect(readStep(text)).toEqual({
    activity: 'Waited',
    conditions: [
      { property: 'minutes', operator: '>', value: '5' },
      { property: 'minutes', operator: '<=', value: '10.5' },
    ],
  });
  expect(writeStep(readStep(text))).toBe(text);
  expect(readStep('A[x < -9][note=a>b][rule!=<=]').conditions).toEqual([
    { property: 'x', operator: '<', value: '-9' },
    { property: 'note', operator: '=', value: 'a>b' },
    { property: 'rule', operator: '!=', value: '<=' },
  ]);
});

test('a number is what the server takes for one', () => {
  expect(['0', '-2.5', '10', '1e6', '1.0E-3'].every(isNumber)).toBe(true);
  expect(['', 'abc', '007', '+7', '7,5', '.5', '5.', '1e', ' 7'].some(isNumber)).toBe(false);
});

test('brackets and equals signs in names and values stay where they are', () => {
  expect(readStep('A [b][x=1=2]')).toEqual({
    activity: 'A [b]',
    conditions: [{ property: 'x', operator: '=', value: '1=2' }],
  });
  expect(readStep('[x=1]').activity).toBe('[x=1]');
  expect(readStep('A[=1]').conditions).toEqual([]);
});

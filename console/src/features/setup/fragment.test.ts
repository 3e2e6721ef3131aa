import { expect, test } from 'vitest';
import { readToken } from './fragment';

test('the token is read from behind the hash', () => {
  expect(readToken('#token=viv_1')).toBe('viv_1');
  expect(readToken('')).toBe('');
  expect(readToken('#other=1')).toBe('');
});

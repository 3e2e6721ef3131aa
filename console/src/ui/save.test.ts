import { expect, test } from 'vitest';
import { escapeXml } from './save';

test('names cannot become elements of a drawing', () => {
  expect(escapeXml('<script>"&')).toBe('&lt;script&gt;&quot;&amp;');
});

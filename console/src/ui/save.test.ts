import { expect, test } from 'vitest';
import { escapeXml, toCsv } from './save';

test('a name with a comma, a quote or a line break stays one cell', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['uno, dos', 'di "sí"'],
        ['x\ny', 3],
      ],
    ),
  ).toBe('a,b\r\n"uno, dos","di ""sí"""\r\n"x\ny",3\r\n');
});

test('an activity named like a formula is not run by a spreadsheet', () => {
  expect(toCsv(['a'], [['=HYPERLINK("http://x")']])).toBe('a\r\n"\'=HYPERLINK(""http://x"")"\r\n');
  expect(toCsv(['n'], [[-3]])).toBe('n\r\n-3\r\n');
});

test('names cannot become elements of a drawing', () => {
  expect(escapeXml('<script>"&')).toBe('&lt;script&gt;&quot;&amp;');
});

import { expect, test } from 'vitest';
import { measures, readCsv, texts, toCsv, undefused } from './sheet';

test('a name with a comma, a quote or a line break stays one cell', () => {
  expect(
    toCsv({
      columns: texts('a', 'b'),
      rows: [
        ['uno, dos', 'di "sí"'],
        ['x\ny', 3],
      ],
    }),
  ).toBe('a,b\r\n"uno, dos","di ""sí"""\r\n"x\ny",3\r\n');
});

test('an activity named like a formula is not run by a spreadsheet', () => {
  expect(toCsv({ columns: texts('a'), rows: [['=HYPERLINK("http://x")']] })).toBe(
    'a\r\n"\'=HYPERLINK(""http://x"")"\r\n',
  );
  expect(toCsv({ columns: measures('n'), rows: [[-3]] })).toBe('n\r\n-3\r\n');
});

test('what was written is read as it was, however lines end', () => {
  const rows = [
    ['uno, dos', 'di "sí"', ''],
    ['', 'x\r\ny', '3'],
    ['', '', ''],
  ];
  const csv = toCsv({ columns: texts('a', 'b', 'c'), rows });
  expect(readCsv(csv)).toEqual([['a', 'b', 'c'], ...rows]);
  expect(readCsv('a,b\n1,\n')).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
  expect(readCsv('a,b\n1,')).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
  expect(readCsv('')).toEqual([]);
});

test('only what was defused loses its mark', () => {
  expect(undefused("'+54 11")).toBe('+54 11');
  expect(undefused("'s Hertogenbosch")).toBe("'s Hertogenbosch");
  expect(undefused('+54 11')).toBe('+54 11');
});

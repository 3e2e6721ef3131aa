import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { toParquet } from './parquet';
import { counts, instants, measures, type Sheet, texts, truths } from './sheet';

const read = (file: ArrayBuffer) => parquetReadObjects({ file });

/** Column by column: name, physical type, what it stands for, and whether it may be missing. */
const schemaOf = (file: ArrayBuffer) =>
  parquetMetadata(file)
    .schema.slice(1)
    .map(({ name, type, converted_type, repetition_type }) => [name, type, converted_type, repetition_type]);

const columns = [
  ...texts('activity'),
  ...counts('customers'),
  ...measures('share'),
  ...truths('complete'),
  ...instants('first_activity_at'),
];

test('another reader finds the same rows, with their types', async () => {
  const file = toParquet({
    columns,
    rows: [
      ['Añadir, «ya»', 12, 0.25, true, '2026-03-02T10:00:00.123Z'],
      ['=1+1', 0, 1, false, null],
    ],
  });
  expect(schemaOf(file)).toEqual([
    ['activity', 'BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
    ['customers', 'INT64', undefined, 'OPTIONAL'],
    ['share', 'DOUBLE', undefined, 'OPTIONAL'],
    ['complete', 'BOOLEAN', undefined, 'OPTIONAL'],
    ['first_activity_at', 'INT64', 'TIMESTAMP_MILLIS', 'OPTIONAL'],
  ]);
  expect(await read(file)).toEqual([
    {
      activity: 'Añadir, «ya»',
      customers: 12n,
      share: 0.25,
      complete: true,
      first_activity_at: new Date('2026-03-02T10:00:00.123Z'),
    },
    { activity: '=1+1', customers: 0n, share: 1, complete: false, first_activity_at: null },
  ]);
});

test('a column keeps its type when everything in it is missing, and when there is no row', async () => {
  const missing: Sheet['rows'] = [[null, undefined, null, undefined, null]];
  const types = schemaOf(toParquet({ columns, rows: [['a', 1, 0.5, true, '2026-03-02T10:00:00Z']] }));
  expect(schemaOf(toParquet({ columns, rows: missing }))).toEqual(types);
  expect(await read(toParquet({ columns, rows: missing }))).toEqual([
    { activity: null, customers: null, share: null, complete: null, first_activity_at: null },
  ]);
  expect(schemaOf(toParquet({ columns, rows: [] }))).toEqual(types);
  expect(await read(toParquet({ columns, rows: [] }))).toEqual([]);
});

test('many rows come back in their order', async () => {
  const rows = Array.from({ length: 2_500 }, (_, index) => [`Activity ${index % 7}`, index, index / 3, null, null]);
  const found = await read(toParquet({ columns, rows }));
  expect(found).toHaveLength(2_500);
  expect(found[2_499]).toMatchObject({ activity: 'Activity 0', customers: 2_499n, share: 833 });
});

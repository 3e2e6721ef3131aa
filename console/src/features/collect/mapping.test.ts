import { expect, test } from 'vitest';
import { columnsOf, isComplete, readMapping, writeMapping } from './mapping';

test('what the server guessed is read and written alike', () => {
  const guessed = 'customer:email=Correo,activity=Evento,occurred_at=Fecha';
  const mapping = readMapping(guessed);
  expect(mapping).toEqual({
    columns: { customer: 'Correo', activity: 'Evento', occurred_at: 'Fecha' },
    customerKind: 'email',
  });
  expect(isComplete(mapping)).toBe(true);
  expect(writeMapping(mapping, ['Correo', 'Evento', 'Fecha'])).toBe(guessed);
});

test('columns that are nothing else stay as properties', () => {
  const mapping = readMapping('customer=c,activity=a,occurred_at=t');
  expect(writeMapping(mapping, ['c', 'a', 't', 'Importe', ''])).toBe(
    'customer=c,activity=a,occurred_at=t,property:Importe=Importe',
  );
});

test('names with commas and quotes survive', () => {
  const mapping = { columns: { customer: 'who, exactly', activity: 'a', occurred_at: 't "local"' } };
  const written = writeMapping(mapping, []);
  expect(written).toBe('customer="who, exactly",activity=a,occurred_at="t ""local"""');
  expect(readMapping(written)).toEqual(mapping);
});

test('without a time it is not complete', () => {
  expect(isComplete(readMapping('customer=c,activity=a'))).toBe(false);
});

test('a header is cut at what cuts it into most', () => {
  expect(columnsOf('Fecha;Cliente;"Importe; total";Canal')).toEqual(['Fecha', 'Cliente', 'Importe; total', 'Canal']);
  expect(columnsOf('\uFEFFwho,what,when')).toEqual(['who', 'what', 'when']);
  expect(columnsOf('alone')).toEqual(['alone']);
});

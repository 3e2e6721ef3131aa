import { expect, test } from 'vitest';
import { funnelOf, responseRate } from './funnel';
import { beginHistory, change, redo, undo } from './history';
import { instantOf, localOf } from './instants';
import { cardWords, openLink } from './open-link';
import { batches, readPeople } from './people-lines';
import { framedPage, readFrameMessage } from './preview-page';
import { siteSnippet } from './site-snippet';

const COUNTS = {
  invitations: 8,
  shown: 6,
  started: 4,
  answered: 2,
  refused: 1,
  partial: 2,
  complete: 5,
  marked: 0,
  open: { shown: 0, started: 0, answered: 0 },
};

test('the response rate is of those invited, with an interval around it', () => {
  const rate = responseRate(COUNTS);
  expect(rate?.share).toBe(0.25);
  expect(rate?.low).toBeLessThan(0.25);
  expect(rate?.high).toBeGreaterThan(0.25);
  expect(funnelOf(COUNTS).map(({ share }) => share)).toEqual([1, 0.75, 0.5, 0.25]);
});

test('of nobody there is no rate', () => {
  expect(responseRate({ ...COUNTS, invitations: 0 })).toBeNull();
  expect(funnelOf({ ...COUNTS, invitations: 0 }).every(({ share }) => share === null)).toBe(true);
});

test('typing in one field is one step back, another field is another', () => {
  let history = beginHistory('a');
  history = change(change(change(history, 'ab', 'title'), 'abc', 'title'), 'abc!', 'thanks');
  history = undo(history);
  expect(history.present).toBe('abc');
  history = undo(history);
  expect(history.present).toBe('a');
  expect(undo(history)).toBe(history);
  expect(redo(redo(history)).present).toBe('abc!');
  expect(change(history, 'b').future).toEqual([]);
});

test('an instant is shown by the clocks of the organisation, and what they show leads back to it', () => {
  expect(localOf('2026-03-01T08:00:00Z', 'Europe/Madrid')).toBe('2026-03-01T09:00');
  expect(instantOf('2026-07-01T10:30', 'Europe/Madrid')).toBe('2026-07-01T08:30:00Z');
  for (const zone of ['Europe/Madrid', 'America/Mexico_City', 'Asia/Kolkata', 'UTC', 'Pacific/Auckland'])
    for (let hour = 0; hour < 24 * 366; hour += 53) {
      const instant = new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace('.000Z', 'Z');
      const back = instantOf(localOf(instant, zone), zone);
      // Where clocks show an hour twice, either of the two is meant.
      expect(localOf(back ?? '', zone)).toBe(localOf(instant, zone));
    }
  expect(instantOf('', 'Europe/Madrid')).toBeUndefined();
  expect(localOf('soon', 'Europe/Madrid')).toBe('');
});

test('a link says what its answers are about, written as addresses are', () => {
  expect(openLink('https://a.example/s/x', {})).toBe('https://a.example/s/x');
  expect(openLink('https://a.example/s/x', { touchpoint: 'shop:Café & más', unit: 'ES 1' })).toBe(
    'https://a.example/s/x?touchpoint=shop%3ACaf%C3%A9+%26+m%C3%A1s&unit=ES+1',
  );
  expect(cardWords('es-MX')).not.toBe(cardWords('en'));
  expect(cardWords('fr')).toBe(cardWords('en'));
});

test('a line is an identifier of the kind that it looks like', () => {
  const { people } = readPeople('ana@example.org\r\n+34 612 345 678\n\n c-1042 ');
  expect(people.map(({ identifiers }) => identifiers)).toEqual([
    { email: 'ana@example.org' },
    { phone: '+34 612 345 678' },
    { user_id: 'c-1042' },
  ]);
});

test.each([[','], [';'], ['\t']])('a table with "%s" between its columns is read by their names', (separator) => {
  const rows = [
    ['user_id', 'first_name', 'touchpoint', 'unit'],
    ['c-1', 'Lucía', 'web:Order Completed', 'ES-1'],
    ['', 'Nadie', '', ''],
  ];
  const { people, empty, traits } = readPeople(rows.map((row) => row.join(separator)).join('\n'));
  expect(people).toEqual([
    {
      identifiers: { user_id: 'c-1' },
      traits: { first_name: 'Lucía' },
      touchpoint: 'web:Order Completed',
      unit: 'ES-1',
    },
  ]);
  expect([empty, traits]).toEqual([1, ['first_name']]);
});

test('a quoted cell may hold what separates cells', () => {
  const { people } = readPeople('email,first_name\nana@example.org,"Pérez, Ana"');
  expect(people[0]?.traits).toEqual({ first_name: 'Pérez, Ana' });
  const other = readPeople('email;first_name\nana@example.org;"Pérez, Ana"');
  expect(other.people[0]?.traits).toEqual({ first_name: 'Pérez, Ana' });
});

test('people go in batches, all of them once', () => {
  const all = Array.from({ length: 2001 }, (_, at) => at);
  expect(batches(all).map(({ length }) => length)).toEqual([1000, 1000, 1]);
  expect(batches(all).flat()).toEqual(all);
  expect(batches([])).toEqual([]);
});

test('a page in a frame gets its colours under the number of the answer, whatever signs they have', () => {
  expect(framedPage('<head></head>', ':root { --a: "$&"; }', 'n1')).toBe(
    '<head><style nonce="n1">:root { --a: "$&"; }</style>\n</head>',
  );
  expect(framedPage('<head></head>', null, 'n1')).toBe('<head></head>');
});

test('of what a frame says only what is known is heard', () => {
  expect(readFrameMessage({ vivencia: 'answered' })).toEqual({ state: 'answered' });
  expect(readFrameMessage({ vivencia: 'language', language: 'en' })).toEqual({ state: 'language', language: 'en' });
  for (const other of [null, 'answered', {}, { vivencia: 'paid' }, { vivencia: 'language', language: 3 }])
    expect(readFrameMessage(other)).toBeNull();
});

test('a preview begins with the question that is being written, if that has a key', () => {
  const page = '<head></head><form method="post" data-preview></form>';
  expect(framedPage(page, null, 'n1', 'easy')).toContain('<form method="post" data-preview="easy">');
  expect(framedPage(page, null, 'n1', '"><script>')).toBe(page);
});

test('what a site includes names the server that the link leads to, and cannot be left by a touchpoint', () => {
  const snippet = siteSnippet('https://cx.example/s/abc', 'button', { touchpoint: 'web:"><script>' });
  expect(snippet).toContain('src="https://cx.example/vivencia.js"');
  expect(snippet).toContain('data-survey-link="https://cx.example/s/abc"');
  expect(snippet).toContain('data-touchpoint="web:&quot;&gt;&lt;script&gt;"');
  expect(snippet).not.toContain('data-after');
});

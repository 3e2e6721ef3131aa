import { expect, test } from 'vitest';
import { LIBRARIES, snippet } from './snippets';

test.each(LIBRARIES)('%s is told where to send and with which key', (library) => {
  const text = snippet(library, 'https://events.example.com', 'viv_secret');
  expect(text).toContain('viv_secret');
  expect(text).toContain('events.example.com');
});

test('ruby takes the address in parts', () => {
  const local = snippet('ruby', 'http://127.0.0.1:8080', 'k');
  expect(local).toContain("host: '127.0.0.1'");
  expect(local).toContain('port: 8080');
  expect(local).toContain('ssl: false');
  expect(snippet('ruby', 'https://events.example.com', 'k')).toContain('port: 443');
});

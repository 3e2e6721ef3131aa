// Fails when what the first page needs is heavier than agreed. Charts, graphs and calendars come with the page that needs them.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250 * 1024;

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));
const entry = Object.values(manifest).find((chunk) => chunk.isEntry);

const initial = new Set();
function collect(chunk) {
  if (initial.has(chunk.file)) return;
  initial.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(manifest[imported]);
}
collect(entry);

let total = 0;
for (const file of initial) {
  const bytes = gzipSync(await readFile(new URL(file, dist))).length;
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(
  `${(total / 1024).toFixed(1).padStart(8)} KB  initial JavaScript, compressed (at most ${LIMIT_BYTES / 1024} KB)`,
);
if (total > LIMIT_BYTES) {
  console.error('The first page is too heavy: load what it does not need later, with `import()`.');
  process.exit(1);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PACKAGES = 'node_modules/@mantine';
const IMPORT = /import (?:(\w+)|\{([^}]*)\}) from ["']([^"']+)["']/g;

interface Import {
  names: string[];
  from: string;
}

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, whole, some = '', from = '']) => ({
    names: whole ? [whole] : some.split(',').map((each) => each.trim().split(' as ')[0] ?? ''),
    from,
  }));
}

/** The modules of a component and of all that it is made of. */
function gather(file: string, found: Set<string>) {
  if (found.has(file)) return;
  found.add(file);
  for (const { names, from } of importsOf(file)) {
    if (from.startsWith('.')) gather(join(dirname(file), from), found);
    else gatherNamed(names, from, found);
  }
}

function gatherNamed(names: readonly string[], from: string, found: Set<string>) {
  if (!/^@mantine\/(core|dates|notifications|spotlight)$/.test(from)) return;
  const esm = join(PACKAGES, from.slice('@mantine/'.length), 'esm');
  for (const each of importsOf(join(esm, 'index.mjs')))
    if (each.from.startsWith('.') && each.names.some((name) => names.includes(name)))
      gather(join(esm, each.from), found);
}

test('the styles of every component in use are there, and no others', () => {
  const modules = new Set<string>();
  const sources = readdirSync('src', { encoding: 'utf8', recursive: true }).filter((file) => /\.tsx?$/.test(file));
  for (const file of sources)
    for (const { names, from } of importsOf(join('src', file))) gatherNamed(names, from, modules);
  const needed = [...modules]
    .map((file) => file.match(/@mantine\/core\/.*\/(\w+)\.module\.mjs$/)?.[1])
    .filter((name) => name !== undefined && existsSync(`${PACKAGES}/core/styles/${name}.layer.css`));
  const listed = [
    ...readFileSync('src/app/mantine-styles.ts', 'utf8').matchAll(/@mantine\/core\/styles\/([A-Z]\w+)\.layer\.css/g),
  ].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(needed.toSorted());
});

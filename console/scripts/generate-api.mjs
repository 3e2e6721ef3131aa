// Writes src/api/schema.d.ts from the committed description of the server's interface; `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const description = new URL('../../crates/server/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);

const written = `// Made by \`npm run api\` from crates/server/openapi.json. Not edited by hand.\n\n${astToString(await openapi(description))}`;
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== written) {
    console.error('src/api/schema.d.ts is not what the interface says: run `npm run api` and commit the result');
    process.exit(1);
  }
} else {
  await writeFile(target, written);
}

// Checks that whatever is built into the console has a licence that `deny.toml` allows. Tools that only build or test are not shipped.
import { readFile } from 'node:fs/promises';

const rules = await readFile(new URL('../../deny.toml', import.meta.url), 'utf8');
const list = /allow = \[([^\]]*)\]/.exec(rules)?.[1] ?? '';
// A font may be bundled under the Open Font License as long as it is not sold by itself.
const allowed = new Set([...[...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]), 'OFL-1.1']);

const lock = JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8'));
const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((name) => allowed.has(name));
const refused = Object.entries(lock.packages).filter(
  ([path, info]) => path !== '' && !info.dev && !info.devOptional && !isAllowed(info.license ?? 'none'),
);
for (const [path, info] of refused) {
  console.error(`${path}: ${info.license ?? 'no licence'} is not allowed in what is shipped`);
}
process.exit(refused.length > 0 ? 1 : 0);

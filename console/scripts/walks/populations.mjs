import assert from 'node:assert/strict';
import { ask, at, download, settled, walkFrom } from '../browser.mjs';

/** Keeps a segment for a walk, and takes it away afterwards. */
async function withSegment(customers, walk) {
  const body = { name: `Segment ${Date.now()}`, customers };
  const { id, name } = await ask('/api/v1/segments', { method: 'POST', body });
  try {
    await walk(id, name);
  } finally {
    await fetch(`${at}/api/v1/segments/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${process.env.VIVENCIA_KEY}` },
    });
  }
}

const share = (part, whole) => (part > 0 && part / whole < 0.001 ? '< 0.1%' : `${((100 * part) / whole).toFixed(1)}%`);

export const walks = {
  'what hinders a segment is compared with everybody else, by keyboard': () =>
    withSegment('activity=Order+Completed', (id, name) =>
      walkFrom(`/journeys?view=frictions&segment=${id}`, async (page) => {
        await page.getByText(name).first().waitFor();
        await page.getByRole('button', { name: /^Comparison:/ }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'all other customers', exact: true }).focus();
        await page.keyboard.press('Enter');
        await page.waitForURL(/against=rest/);
        await settled(page);
        const own = await ask(`/api/v1/journeys/frictions?segment=${id}&horizon=30d`);
        const rest = await ask(`/api/v1/journeys/frictions?without_segment=${id}&horizon=30d`);
        const met = ({ element }) => rest.frictions.find((friction) => friction.element === element)?.customers ?? 0;
        const most = Math.max(...own.frictions.slice(0, 8).map(met));
        assert.ok(most > 0, 'the demonstration has a friction on both sides');
        const position = own.frictions.findIndex((friction) => met(friction) === most);
        const there = { customers: most };
        const line = page.locator('main ol > li').nth(position);
        await line.getByText(`the others: ${share(there.customers, rest.over.customers)}`).waitFor();
        await line
          .getByText(/\([+−]\d+\.\d to [+−]\d+\.\d\)/)
          .first()
          .waitFor();
        await page.getByText('It is an association: it does not say why.').first().waitFor();
        const csv = (await download(page, 'CSV table')).toString('utf8');
        assert.match(csv, /compared_customers,compared_share,share_difference,share_difference_low/);
        await line.getByRole('link', { name: 'See the customers of “the others”' }).focus();
        await page.keyboard.press('Enter');
        await page
          .getByRole('status')
          .filter({ hasText: `${there.customers.toLocaleString('en-GB')} customer` })
          .waitFor();
      }),
    ),

  'what led to an order is compared, and what has no interval is not subtracted': () =>
    withSegment('activity=App+Opened', (id) =>
      walkFrom(`/journeys?view=attribution&outcome=Order%20Completed&segment=${id}&against=rest`, async (page) => {
        await settled(page);
        const asked = 'outcome=Order+Completed&window=30d&by=channel';
        const rest = await ask(`/api/v1/journeys/attribution?${asked}&without_segment=${id}`);
        const store = rest.credits.find(({ channel }) => channel === 'store');
        const line = page.getByRole('row', { name: /^By “Linear”/ });
        await line
          .filter({ hasText: `the others: ${(100 * store.linear.share).toFixed(1)}%` })
          .filter({ hasText: / to [+−]/ })
          .first()
          .waitFor();
        await page.getByRole('button', { name: 'If missing', exact: true }).click();
        await page.waitForURL(/model=removal/);
        const removal = page.getByRole('row', { name: /^By “If missing”/ });
        await removal.first().waitFor();
        for (const text of await removal.allInnerTexts()) assert.doesNotMatch(text, /[+−]\d/);
        const svg = (await download(page, 'SVG drawing')).toString('utf8');
        assert.match(svg, /The upright line is the same in/);
        await page.getByRole('radio', { name: 'Table' }).focus();
        await page.keyboard.press('Space');
        await page.getByRole('columnheader', { name: 'Difference in points' }).waitFor();
        assert.match(
          (await download(page, 'CSV table')).toString('utf8'),
          /compared_outcomes,compared_share,difference/,
        );
      }),
    ),

  'what it takes two populations stands side by side': () =>
    withSegment('activity=App+Opened', (id) =>
      walkFrom(`/journeys?view=effort&outcome=Order%20Completed&segment=${id}&against=rest`, async (page) => {
        await settled(page);
        const rest = await ask(`/api/v1/journeys/effort?goal=Order+Completed&without_segment=${id}`);
        await page
          .getByText(/^the others: median \d+/)
          .first()
          .waitFor();
        await page
          .getByText(`the others: ${share(rest.customers, rest.over.customers)}`, { exact: false })
          .first()
          .waitFor();
        await page.getByText('not subtracted').waitFor();
        assert.match((await download(page, 'SVG drawing')).toString('utf8'), /The hollow mark is the median of/);
        assert.match(
          (await download(page, 'CSV table')).toString('utf8'),
          /compared_runs,compared_p10,compared_p25,compared_median/,
        );
        await page.getByRole('radio', { name: 'Table' }).focus();
        await page.keyboard.press('Space');
        await page.getByRole('columnheader', { name: 'Median, the others' }).waitFor();
      }),
    ),

  'the other side may have nobody, or be refused, and the own side stays': async () => {
    for (const view of ['frictions', 'effort&outcome=Order%20Completed', 'attribution&outcome=Order%20Completed']) {
      await walkFrom(`/journeys?view=${view}&from=2025-05-01&to=2026-10-01&against=before`, async (page) => {
        await page.getByText('There is nothing to compare with').waitFor();
        await page.getByRole('button', { name: 'Download' }).waitFor();
      });
      await walkFrom('/journeys', async (page) => {
        await page.route(/\/api\/v1\/journeys\//, (route) => {
          const isOwn = new URL(route.request().url()).searchParams.get('from') === '2026-04-01';
          const refused = { status: 500, contentType: 'application/problem+json', body: '{"code":"internal"}' };
          return isOwn ? route.continue() : route.fulfill(refused);
        });
        await page.goto(`${at}/journeys?view=${view}&from=2026-04-01&to=2026-10-01&against=before`);
        await page.getByRole('alert').waitFor();
        await page.getByRole('button', { name: 'Download' }).waitFor();
      });
    }
  },
};

import assert from 'node:assert/strict';
import { ask, at, key, PLANTED, settled, walkFrom } from '../browser.mjs';

/** A customer whose every text tries to be a script: name of the event, properties, traits, identifier, channel, unit. */
async function plant() {
  const who = `planted ${Date.now()} ${PLANTED}`;
  const at_ = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
  const batch = [
    { type: 'identify', userId: who, timestamp: at_(9), traits: { name: PLANTED, note: PLANTED, [PLANTED]: PLANTED } },
    ...[8, 6, 4].map((minutes) => ({
      type: 'track',
      userId: who,
      timestamp: at_(minutes),
      event: PLANTED,
      properties: {
        channel: PLANTED,
        store_id: PLANTED,
        comment: PLANTED,
        [PLANTED]: PLANTED,
        nested: { deep: [PLANTED] },
      },
      context: { page: { url: `https://example.org/${PLANTED}`, title: PLANTED } },
    })),
    { type: 'track', userId: who, timestamp: PLANTED, event: PLANTED },
    { type: PLANTED, userId: who },
  ];
  const response = await fetch(`${at}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  });
  assert.equal(response.status, 200);
  const { customers } = await ask(`/api/v1/customers?identifier=${encodeURIComponent(who)}`);
  assert.equal(customers.length, 1);
  return { who, id: customers[0].id };
}

export const walks = {
  'scripts planted in names, properties, traits, channels and identifiers run nowhere': () =>
    walkFrom('/', async (page) => {
      const { who, id } = await plant();
      const name = encodeURIComponent(PLANTED);
      const steps = encodeURIComponent(JSON.stringify([PLANTED, 'Order Completed']));
      for (const path of [
        '/',
        '/customers',
        `/customers?q=${encodeURIComponent(who)}`,
        `/customers?q=${name}`,
        `/customers/${id}`,
        '/journeys?view=map&detail=100',
        '/journeys?view=map&table=true',
        `/journeys?view=map&channel=${encodeURIComponent(JSON.stringify([PLANTED]))}`,
        `/journeys?view=paths&start=${name}`,
        `/journeys?view=paths&start=${name}&table=true`,
        `/journeys?view=funnel&steps=${steps}`,
        '/settings/sources',
        '/settings/sources?tab=dead',
      ]) {
        await page.goto(at + path);
        await settled(page);
        assert.equal(await page.evaluate(() => window.planted), undefined, `it ran at ${path}`);
        assert.equal(await page.locator('img[src="x"]').count(), 0, `it became an element at ${path}`);
      }
      // Everything that opens on the customer's page is opened.
      await page.goto(`${at}/customers/${id}`);
      await settled(page);
      assert.ok((await page.getByText(PLANTED).count()) > 0, 'the page shows the texts as texts');
      for (const event of await page.locator('[data-look="event"]').all()) await event.click();
      await settled(page);
      assert.equal(await page.evaluate(() => window.planted), undefined, 'it ran in an opened event');
    }),
};

import assert from 'node:assert/strict';
import { at, settled, walkFrom } from '../browser.mjs';
import { PAGES } from '../pages.mjs';

/** Pages that ask the server for what they show. */
const ASKING =
  'home customers customer map paths funnel retention lifeCycle attribution effort frictions scores surveys keys dead'.split(
    ' ',
  );

const PROBLEM = {
  type: 'about:blank',
  title: 'x',
  status: 500,
  code: 'internal',
  detail: 'it broke',
  request_id: 'req-77',
};

/** Who is signed in, and the stream of live updates, are not what a page shows. */
const isOfThePage = (url) => url.pathname.startsWith('/api/v1/') && !/\/(session|live)$/.test(url.pathname);

const walks = {};
for (const name of ASKING) {
  const { path } = PAGES[name];
  walks[`${name}: a failing server is told as such, with its request, and tried again`] = () =>
    walkFrom(path, async (page) => {
      await settled(page);
      await page.route(isOfThePage, (route) =>
        route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) }),
      );
      await page.goto(at + path);
      await page.getByText('The server failed').first().waitFor();
      await page.getByText('req-77').first().waitFor();
      await page.unrouteAll();
      // Trying again mends every part of the page that was asked for.
      for (let left = 10; left > 0; left -= 1) {
        const again = page.getByRole('button', { name: 'Try again' }).first();
        if (!(await again.isVisible())) break;
        await again.click();
        await settled(page);
      }
      assert.equal(await page.getByText('The server failed').count(), 0);
    });

  walks[`${name}: a slow network shows that something is on its way`] = () =>
    walkFrom('/nowhere', async (page) => {
      await page.route(isOfThePage, async (route) => {
        await new Promise((done) => setTimeout(done, 1_500));
        await route.continue().catch(() => {});
      });
      await page.goto(at + path, { waitUntil: 'commit' });
      await page.getByRole('status', { name: 'Loading' }).first().waitFor();
      await settled(page);
      assert.equal(await page.getByRole('status', { name: 'Loading' }).count(), 0);
      assert.equal(await page.getByRole('alert').count(), 0);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });

  walks[`${name}: no network at all is told apart from a failure`] = () =>
    walkFrom(path, async (page) => {
      await settled(page);
      await page.route(isOfThePage, (route) => route.abort());
      await page.goto(at + path);
      await page.getByText('The server does not answer').first().waitFor();
    });
}

export { walks };

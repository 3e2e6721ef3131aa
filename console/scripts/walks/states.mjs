import { at, walkFrom } from '../browser.mjs';

export const walks = {
  'a failing server is told as such, with its request, and tried again': () =>
    walkFrom('/', async (page) => {
      await page.getByText('What changed').waitFor();
      const problem = {
        type: 'about:blank',
        title: 'x',
        status: 500,
        code: 'internal',
        detail: 'it broke',
        request_id: 'req-77',
      };
      let fails = true;
      await page.route('**/api/v1/journeys/map*', (route) =>
        fails
          ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
          : route.continue(),
      );
      await page.getByRole('link', { name: 'Journeys' }).click();
      await page.getByText('The server failed').waitFor();
      await page.getByText('req-77').waitFor();
      fails = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.react-flow__node').first().waitFor();
      await page.route('**/api/v1/customers?*', (route) => route.abort());
      await page.goto(`${at}/customers?q=x`);
      await page.getByText('The server does not answer').waitFor();
    }),
};

import assert from 'node:assert/strict';
import { download, walkFrom } from '../browser.mjs';

export const walks = {
  'a funnel is asked by keyboard alone, and saved': () =>
    walkFrom('/journeys?view=funnel', async (page) => {
      for (const [words, activity] of [
        ['an activity', 'Product Viewed'],
        ['add a step', 'Order Completed'],
      ]) {
        await page.getByRole('button', { name: `Choose an activity: ${words}` }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('textbox', { name: 'Search activities' }).waitFor();
        await page.keyboard.type(activity);
        await page.getByRole('option', { name: activity, exact: true }).waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: `Choose an activity: ${activity}` }).waitFor();
      }
      await page.getByText('Reach the end').waitFor();
      const csv = (await download(page, 'CSV table')).toString('utf8');
      assert.match(csv, /step,activity,customers/);
      assert.match(csv, /1,Product Viewed,\d+,1,,/);
      const svg = (await download(page, 'SVG drawing')).toString('utf8');
      assert.match(svg, /^<svg /);
      assert.match(svg, /font\/woff2/);
      const png = await download(page, 'PNG image');
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      assert.ok(png.length > 5_000, 'an empty picture');
    }),

  'an activity of the map is opened by keyboard, and its paths from there': () =>
    walkFrom('/journeys', async (page) => {
      await page.locator('.react-flow__node').first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Before' }).waitFor();
      await page.getByRole('button', { name: 'Paths from here' }).click();
      await page.getByText(/paths are .* of the .* times|All paths are drawn/).waitFor();
      const svg = (await download(page, 'SVG drawing')).toString('utf8');
      assert.match(svg, /^<svg /);
    }),

  'the map is saved as a drawing and as a table': () =>
    walkFrom('/journeys', async (page) => {
      await page.locator('.react-flow__node').first().waitFor();
      assert.match((await download(page, 'SVG drawing')).toString('utf8'), /Product Viewed/);
      assert.ok((await download(page, 'PNG image')).length > 20_000, 'an empty picture');
      assert.match((await download(page, 'CSV table')).toString('utf8'), /from,to,events,customers/);
    }),
};

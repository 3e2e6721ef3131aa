import assert from 'node:assert/strict';
import { ask, download, settled, walkFrom } from '../browser.mjs';

const STEPS = encodeURIComponent(JSON.stringify(['Product Viewed', 'Product Added', 'Order Completed']));

/** Opens words of the sentence by keyboard and takes what is offered, found by its name. */
async function choose(page, words, offered) {
  await page.getByRole('button', { name: words }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: offered, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** The same where activities are offered. */
async function chooseActivity(page, words, activity) {
  await page.getByRole('button', { name: words }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Search activities' }).waitFor();
  await page.keyboard.type(activity);
  await page.getByRole('option', { name: activity, exact: true }).waitFor();
  await page.keyboard.press('Enter');
}

export const walks = {
  'who came back is asked by keyboard, seen whole, and saved': () =>
    walkFrom('/journeys?view=retention', async (page) => {
      await chooseActivity(page, 'What they begin with: anything', 'Order Completed');
      await choose(page, 'Periods: week', 'month');
      await choose(page, 'When a return counts: in each month', 'in each month or later');
      await page.getByText('come back 1 month after or later').waitFor();
      await page.waitForURL(/by=month/);
      await settled(page);
      const everyRow = page.getByRole('button', { name: 'See all' });
      if (await everyRow.isVisible()) await everyRow.click();
      const said = await ask('/api/v1/journeys/retention?start=Order%20Completed&every=month&rule=on_or_after');
      const rows = await page.locator('main table tbody tr').count();
      assert.equal(rows - 1, said.cohorts.length);
      const csv = (await download(page, 'CSV table')).toString('utf8');
      assert.match(csv, /cohort,after,customers,returned,share,low,high,complete/);
      assert.match(csv, /,false\r?\n/, 'the last period cannot be over');
      assert.match((await download(page, 'SVG drawing')).toString('utf8'), /Months after/);
      assert.ok((await download(page, 'PNG image')).length > 10_000, 'an empty picture');
    }),

  'the life cycle adds up, in its picture and in its table': () =>
    walkFrom('/journeys?view=retention&by=month', async (page) => {
      await settled(page);
      await page.getByRole('radio', { name: 'Life cycle' }).focus();
      await page.keyboard.press('Space');
      await page.getByText('The last complete month').waitFor();
      await page.getByRole('radio', { name: 'Table' }).focus();
      await page.keyboard.press('Space');
      const cells = await page.locator('main table tbody tr').first().locator('td').allInnerTexts();
      const [active, fresh, resurrected, returning] = cells.map((cell) => Number(cell.replaceAll(',', '')));
      assert.equal(active, fresh + resurrected + returning);
      assert.match((await download(page, 'CSV table')).toString('utf8'), /resurrected,dormant/);
    }),

  'what led to an order is asked by keyboard, and sorted by another model': () =>
    walkFrom('/journeys?view=attribution', async (page) => {
      await chooseActivity(page, 'Choose an activity: an activity', 'Order Completed');
      await choose(page, 'What is credited: channel', 'channel and activity');
      await page.getByText('times Order Completed happened').waitFor();
      await page.getByRole('button', { name: 'Last', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/model=last/);
      await page.getByRole('columnheader', { name: /^Last/ }).waitFor();
      const shares = await page.locator('main table tbody tr td:nth-of-type(2)').allInnerTexts();
      const numbers = shares.map((share) => Number.parseFloat(share.replace('<', '')));
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => b - a),
      );
      await page.getByText(/It is an association/).waitFor();
      assert.match((await download(page, 'CSV table')).toString('utf8'), /removal_effect/);
    }),

  'those who needed most to get there are opened': () =>
    walkFrom('/journeys?view=effort&outcome=Order%20Completed', async (page) => {
      await page.getByRole('button', { name: 'Steps', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Steps, week by week' }).waitFor();
      await page.locator('[data-look="customers"]').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /or more \(Steps\)/ }).waitFor();
      assert.ok((await download(page, 'CSV table')).toString('utf8').trim().split('\n').length > 1);
      await page.getByRole('link', { name: 'Back to effort' }).click();
      await page.getByRole('heading', { name: 'Steps, week by week' }).waitFor();
    }),

  'what hinders customers opens those who met it': () =>
    walkFrom('/journeys?view=frictions', async (page) => {
      await chooseActivity(page, 'What counts as staying: a purchase', 'Order Completed');
      await page.getByText(/It is an association/).waitFor();
      await settled(page);
      const first = page.locator('main ol li').first().getByRole('link');
      const count = (await first.textContent()).match(/[\d,]+/)[0];
      await first.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /Customers with this friction/ }).waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customer` })
        .waitFor();
      await page.getByRole('link', { name: 'Back to frictions' }).click();
      assert.match((await download(page, 'CSV table')).toString('utf8'), /customers_lost,difference/);
    }),

  'a funnel is asked in any order, without something, and broken down': () =>
    walkFrom(`/journeys?view=funnel&steps=${STEPS}`, async (page) => {
      await settled(page);
      await page.getByRole('button', { name: 'more options' }).focus();
      await page.keyboard.press('Enter');
      await chooseActivity(page, 'Choose an activity: anything in particular', 'Product Removed');
      await page.waitForURL(/without=/);
      await choose(page, 'What is counted: customers', 'each entry too');
      await page
        .getByText(/entries \(/)
        .first()
        .waitFor();
      await choose(page, 'Breakdown: not broken down', 'broken down by channel');
      await page.getByRole('heading', { name: 'By channel' }).waitFor();
      await settled(page);
      const behind = page.locator('section', { hasText: 'By channel' }).getByRole('link').first();
      const count = (await behind.textContent()).trim();
      await behind.click();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customers` })
        .waitFor();
      await page.goBack();
      await choose(page, 'Order of the steps: in order', 'in any order');
      await page.getByText('in whatever order, within the time').waitFor();
    }),

  'paths lead to an activity, within a visit': () =>
    walkFrom('/journeys?view=paths&start=Order%20Completed', async (page) => {
      await settled(page);
      await choose(page, 'Where paths are held: after', 'before');
      await page.getByRole('img', { name: 'Paths to Order Completed' }).waitFor();
      await page.getByRole('button', { name: 'more options' }).click();
      await choose(page, 'How far a path reaches: in the whole journey', 'in the same visit');
      await choose(page, 'Direct repetitions: with repetitions', 'without direct repetitions');
      await page.waitForURL(/collapsed=true/);
      await settled(page);
      await page.locator('aside li button').first().click();
      const open = page.locator('[data-look="customers"]');
      const count = (await open.textContent()).match(/[\d,]+/)[0];
      await open.click();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customer` })
        .waitFor();
    }),
};

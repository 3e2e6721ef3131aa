import assert from 'node:assert/strict';
import { ask, at, download, walkFrom } from '../browser.mjs';
import { tabTo } from '../keyboard.mjs';

const STEPS = encodeURIComponent(JSON.stringify(['Product Viewed', 'Product Added', 'Order Completed']));

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

  'the customers behind a card become a segment, of which a funnel is asked and which is compared with the others':
    async () => {
      const name = `Buyers ${Date.now()}`;
      let customers;
      await walkFrom('/journeys?behind=%7B"kind":"activity","activity":"Order%20Completed"%7D', async (page) => {
        await page.getByRole('button', { name: 'Save as segment' }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('textbox', { name: 'Name' }).waitFor();
        await page.keyboard.type(name);
        await page.keyboard.press('Enter');
        await page.getByText('Segment saved').waitFor();
        customers = (await page.getByRole('status').first().textContent()).match(/[\d,]+/)[0];
        await page.getByRole('link', { name: 'Back to the map' }).click();
        await page.getByRole('button', { name: /^Of which customers/ }).focus();
        await page.keyboard.press('Enter');
        await tabTo(page, page.getByRole('button', { name, exact: true }));
        await page.keyboard.press('Enter');
        await page.getByText(`${customers} customers`, { exact: false }).first().waitFor();
        await page.getByRole('tab', { name: 'Funnel' }).click();
        const { segment } = Object.fromEntries(new URL(page.url()).searchParams);
        await page.goto(`${at}/journeys?view=funnel&segment=${segment}&against=rest&steps=${STEPS}`);
        await page.getByText('all other customers').first().waitFor();
        await page.getByRole('button', { name: /^Of which customers/ }).click();
        await page.getByText(`${customers} customers now`).waitFor();
        await page.getByRole('button', { name: 'Delete the segment' }).click();
        await page.getByRole('button', { name: 'Delete it for the whole organisation' }).click();
        await page.getByText('Segment deleted').waitFor();
      });
      const { segments } = await ask('/api/v1/segments');
      assert.ok(!segments.some((segment) => segment.name === name));
    },

  'the map is saved as a drawing and as a table': () =>
    walkFrom('/journeys', async (page) => {
      await page.locator('.react-flow__node').first().waitFor();
      assert.match((await download(page, 'SVG drawing')).toString('utf8'), /Product Viewed/);
      assert.ok((await download(page, 'PNG image')).length > 20_000, 'an empty picture');
      assert.match((await download(page, 'CSV table')).toString('utf8'), /from,to,events,customers/);
    }),

  'the customers behind a card are as many as it says, one is opened, and going back leads back': () =>
    walkFrom('/journeys', async (page) => {
      await page.locator('.react-flow__node').first().focus();
      await page.keyboard.press('Enter');
      const open = page.locator('[data-look="customers"]');
      const count = (await open.textContent()).match(/[\d,]+/)[0];
      await open.focus();
      await page.keyboard.press('Enter');
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customers` })
        .waitFor();
      const lines = (await download(page, 'CSV table')).toString('utf8').trim().split('\n');
      assert.equal(lines.length - 1, Number(count.replaceAll(',', '')));
      await page.getByRole('button', { name: 'See more' }).click();
      await page.getByText(/^100 of/).waitFor();
      await page.locator('a[href^="/customers/cus_"]').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Everything lived' }).waitFor();
      await page.goBack();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customers` })
        .waitFor();
      await page.getByRole('link', { name: 'Back to the map' }).click();
      await page.locator('.react-flow__node').first().waitFor();
    }),

  'who dropped out of a funnel is listed, and what they did next': () =>
    walkFrom(`/journeys?view=funnel&steps=${STEPS}`, async (page) => {
      await page.locator('[data-look="after"]').first().focus();
      await page.keyboard.press('Enter');
      await page.getByText('nothing more').waitFor();
      const dropped = page.getByRole('link', { name: /go no further/ }).first();
      const count = (await dropped.textContent()).match(/[\d,]+/)[0];
      await dropped.click();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} customers` })
        .waitFor();
      await page.getByRole('link', { name: 'Back to the funnel' }).click();
      await page.getByText('nothing more').waitFor();
    }),

  'a step asks for the value of a property': () =>
    walkFrom(`/journeys?view=funnel&steps=${STEPS}`, async (page) => {
      await page.getByRole('button', { name: 'Add a condition to Order Completed' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'Property' }).fill('order_type');
      await page.getByRole('option', { name: 'order_type' }).click();
      await page.getByRole('textbox', { name: 'Value' }).fill('pickup');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Change the condition: order_type = pickup' }).waitFor();
    }),

  'a property that is not laid out is read from the stored events, and the answer says so': () => {
    const steps = encodeURIComponent(JSON.stringify(['Shop Visited[weather=rain]', 'Order Completed']));
    return walkFrom(`/journeys?view=funnel&steps=${steps}`, async (page) => {
      await page.getByText('Read from the stored events: weather.').waitFor();
      const asked = '/api/v1/journeys/funnel?step=Shop%20Visited%5Bweather%3Drain%5D&step=Order%20Completed';
      const { over, steps: found } = await ask(asked);
      assert.deepEqual(over.scanned, ['weather']);
      assert.ok(found[0].customers > 0, 'somebody came in the rain');
    });
  },

  'two channels are compared on every picture, and the table has the other side': () =>
    walkFrom('/journeys?channel=web', async (page) => {
      await page.getByRole('button', { name: 'Comparison: nothing' }).click();
      await page.getByRole('button', { name: 'other channels' }).click();
      await page.getByRole('button', { name: 'Channels to compare with' }).click();
      await page.getByRole('checkbox', { name: /^App/ }).check();
      await page.keyboard.press('Escape');
      await page.getByRole('list', { name: 'What the colours mean' }).waitFor();
      assert.match(new URL(page.url()).search, /channel=web/);
      assert.match((await download(page, 'CSV table')).toString('utf8'), /compared_customers/);
      assert.match((await download(page, 'SVG drawing')).toString('utf8'), /compared with “App”/);
      await page.getByText('Table', { exact: true }).click();
      await page.getByRole('columnheader', { name: 'Customers, App' }).first().waitFor();
      await page.goto(
        `${at}/journeys?view=paths&start=Product%20Viewed&channel=web&against=channels&others=%5B%22app%22%5D`,
      );
      await page.getByRole('list', { name: 'What the colours mean' }).waitFor();
      assert.match((await download(page, 'CSV table')).toString('utf8'), /compared_share/);
    }),

  'a question is kept, opened again, changed, renamed and deleted': () =>
    walkFrom('/journeys?view=map&detail=40', async (page) => {
      const name = `Walk ${Date.now()}`;
      const menu = page.getByRole('button', { name: 'Saved questions' });
      const keep = async (as) => {
        await menu.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Save this question…' }).click();
        await page.getByRole('textbox', { name: 'Name' }).fill(as);
        await page.keyboard.press('Enter');
      };
      await keep(name);
      await page.waitForURL(/saved=que_/);
      await page.getByText(name, { exact: true }).first().waitFor();
      await keep(name);
      await page.getByText('There is a question of that name already').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();

      await page.goto(`${at}/journeys?view=funnel`);
      await menu.click();
      await page.getByRole('button', { name }).click();
      await page.waitForURL(/detail=40/);
      await page.locator('.react-flow__node').first().waitFor();

      await page.getByText('Table', { exact: true }).click();
      await page.getByText('with changes that are not saved').waitFor();
      await menu.click();
      await page.getByRole('button', { name: `Save the changes to “${name}”` }).click();
      await page.getByText('Changes saved').waitFor();
      await page.getByText('with changes that are not saved').waitFor({ state: 'detached' });

      await menu.click();
      await page.getByRole('button', { name: 'Change the name' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill(`${name} again`);
      await page.keyboard.press('Enter');
      await page.getByText(`${name} again`, { exact: true }).first().waitFor();

      // Somebody else changes it meanwhile: nothing of theirs is overwritten.
      const id = new URL(page.url()).searchParams.get('saved');
      const stored = await ask(`/api/v1/questions/${id}`);
      const { view, question, revision } = stored;
      await ask(`/api/v1/questions/${id}`, { method: 'PUT', body: { name: stored.name, view, question, revision } });
      await menu.click();
      await page.getByRole('button', { name: 'Change the name' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.keyboard.press('Enter');
      await page.getByText(/Somebody has changed it meanwhile/).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();

      await menu.click();
      await page.getByRole('button', { name: 'Delete the question' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete the question' }).click();
      await page.getByText('Question deleted').waitFor();
      await menu.click();
      await page.getByText('Of the whole organisation').or(page.getByText('There is none yet')).waitFor();
      assert.equal(await page.getByRole('button', { name }).count(), 0);
    }),
};

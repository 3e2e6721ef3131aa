import assert from 'node:assert/strict';
import { settled, walkFrom } from '../browser.mjs';
import { PAGES } from '../pages.mjs';

/** Numbers as they stand in a text, without what sets thousands apart. */
const numbersIn = (text) =>
  new Set((text.match(/\d[\d.,\u202f\u00a0]*/g) ?? []).map((number) => number.replace(/\D/g, '')));

/** Digits by which a number is known again; those of an effort are small, so that more of them must be there. */
const WELL_KNOWN = { digits: 3, least: 2 };
const SMALL = { digits: 2, least: 6 };

const walks = {};
const PICTURES =
  'map paths funnel retention lifeCycle attribution effort frictions scores mapCompared pathsCompared funnelCompared retentionCompared';
for (const name of PICTURES.split(' ')) {
  walks[`${name}: the picture has its twin, reached by keyboard, with the same numbers`] = () =>
    walkFrom(PAGES[name].path, async (page) => {
      await settled(page);
      const over = numbersIn(await page.locator('main').innerText());
      await page.getByRole('radio', { name: 'Table' }).focus();
      await page.keyboard.press('Space');
      await page.locator('main table').first().waitFor();
      const rows = await page.locator('main table tbody tr').count();
      assert.ok(rows >= 3, `${rows} rows`);
      const table = numbersIn(await page.locator('main table').first().innerText());
      const { digits, least } = name === 'effort' ? SMALL : WELL_KNOWN;
      const both = [...table].filter((number) => number.length >= digits && over.has(number));
      assert.ok(both.length >= least, `the table shares only ${both.join(', ')} with the picture`);
    });
}

walks['the strip of the relation has its twin: as many visits as the page says'] = () =>
  walkFrom(PAGES.customer.path, async (page) => {
    await settled(page);
    const said = Number(/(\d+)\s+visits/.exec(await page.locator('main').innerText())?.[1]);
    await page.getByRole('button', { name: 'see as a table' }).focus();
    await page.keyboard.press('Enter');
    const table = page.locator('main table').first();
    await table.waitFor();
    const cells = await table.locator('tbody td').allInnerTexts();
    const counted = cells.reduce((sum, cell) => sum + (Number.parseInt(cell, 10) || 0), 0);
    assert.equal(counted, said);
  });

export { walks };

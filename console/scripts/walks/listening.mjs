import assert from 'node:assert/strict';
import { ask, download, settled, walkFrom } from '../browser.mjs';

const scores = (query) => ask(`/api/v1/scores?${query}`);

export const walks = {
  'the score of the page is that of the interface, and another metric is another question': () =>
    walkFrom('/listening', async (page) => {
      await settled(page);
      for (const [metric, name] of [
        ['nps', 'NPS'],
        ['csat', 'CSAT'],
        ['ces', 'CES'],
      ]) {
        await page.getByText(name, { exact: true }).first().click();
        await page.getByRole('heading', { name: new RegExp(`^${name}`) }).waitFor();
        await settled(page);
        const { whole, metric: asked } = await scores(`metric=${metric}`);
        const text = await page.locator('main').innerText();
        const { score, answers } = whole.total;
        const said = asked.formula === 'net_share' ? `+${Math.round(score)}` : `${score.toFixed(1)}%`;
        assert.ok(text.includes(said), `${name} is ${said}`);
        assert.ok(text.includes(`${answers.toLocaleString('en-GB')} answers`), `${name} has ${answers} answers`);
      }
    }),

  'a period in which too few answered is a gap that is told; none at all says so': () =>
    walkFrom('/listening?metric=csat&every=day', async (page) => {
      await settled(page);
      const { periods } = (await scores('metric=csat&every=day')).whole;
      const gaps = periods.filter(({ answers, score }) => answers > 0 && score === null).length;
      assert.ok(gaps > 0, 'enough answered on every day');
      const isTold = periods.some(({ score }) => score !== null);
      await page
        .getByText(isTold ? new RegExp(`In ${gaps} parts? fewer than 10`) : 'No part of the period has 10 answers')
        .waitFor();
      await page.goto(new URL('/listening?every=day&from=2026-09-01&to=2026-09-02&metric=ces', page.url()).href);
      await settled(page);
      await page
        .getByText(/too few for a score|No answers for/)
        .first()
        .waitFor();
    }),

  'the table is reached by keyboard, and the file has a row for each period and group': () =>
    walkFrom('/listening?every=month', async (page) => {
      await settled(page);
      await page.getByRole('radio', { name: 'Table' }).focus();
      await page.keyboard.press('Space');
      await page.locator('main table').nth(1).waitFor();
      const { periods } = await scores('metric=nps&every=month');
      const { groups } = await scores('metric=nps&every=month&by=touchpoint');
      assert.equal(await page.locator('main table').first().locator('tbody tr').count(), periods.length + 1);
      const rows = (await download(page, 'CSV table')).toString('utf8').trim().split('\r\n');
      assert.equal(rows.length, 1 + 1 + periods.length + groups.length);
      assert.match(rows[0], /metric,by,value,period/);
    }),

  'what moves the score is listed as the interface says, another outcome is another question, and the table can be kept':
    () =>
      walkFrom('/listening/drivers', async (page) => {
        await settled(page);
        const list = page.locator('main ol > li');
        for (const [of, name] of [
          ['nps', 'NPS (0 to 10)'],
          ['rating', 'Stars'],
          ['return_30d', 'Buying again within 30 days'],
        ]) {
          await page.getByLabel('What to understand').selectOption({ label: name });
          await page.getByRole('img', { name: `Importance and performance: ${name}` }).waitFor();
          await settled(page);
          const { drivers, answers, warnings } = await ask(`/api/v1/drivers?of=${of}`);
          assert.equal(await list.count(), drivers.length, `${of} has ${drivers.length} variables`);
          const found = drivers.filter(({ is_found }) => is_found).length;
          assert.equal(await page.locator('main ol > li[data-found]').count(), found);
          const text = await page.locator('main').innerText();
          assert.ok(text.includes(`${answers.toLocaleString('en-GB')} answers of`), `${of} is of ${answers} answers`);
          assert.ok(text.includes('association, not an effect'));
          assert.equal(
            await page.getByRole('heading', { name: 'Before relying on it' }).count(),
            warnings.length ? 1 : 0,
          );
        }
        await page.getByLabel('Out of what').selectOption({ label: 'What was lived' });
        await page.waitForURL(/among=lived/);
        await settled(page);
        await page.getByRole('radio', { name: 'Table' }).focus();
        await page.keyboard.press('Space');
        await page.locator('main table').waitFor();
        const { drivers, left_out } = await ask('/api/v1/drivers?of=return_30d&among=lived');
        assert.equal(await page.locator('main table tbody tr').count(), drivers.length);
        const rows = (await download(page, 'CSV table')).toString('utf8').trim().split('\r\n');
        assert.equal(rows.length, 1 + drivers.length + left_out.length);
      }),

  'a survey is made out of a prepared one, opened, its link shown, and closed again': () =>
    walkFrom('/listening/surveys', async (page) => {
      await settled(page);
      const { surveys } = await ask('/api/v1/surveys');
      if (!surveys.some(({ name }) => name === 'relation')) {
        await page.getByRole('button', { name: 'New survey' }).click();
        await page.getByRole('button', { name: 'Make “How we are doing”' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      const card = page.getByRole('listitem').filter({ hasText: 'How we are doing' });
      const close = card.getByRole('button', { name: 'Close “How we are doing”' });
      if (surveys.some(({ name, state }) => name === 'relation' && state === 'open')) await close.click();
      await card.getByRole('button', { name: 'Open “How we are doing”' }).click();
      await card.getByText('/s/').waitFor();
      const { surveys: after } = await ask('/api/v1/surveys');
      const made = after.find(({ name }) => name === 'relation');
      assert.equal(made.state, 'open');
      assert.equal(await card.locator('code').innerText(), made.link);
      await close.click();
      await card.getByText('It is closed').waitFor();
    }),
};

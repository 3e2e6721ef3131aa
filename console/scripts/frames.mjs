// Counts the frames that the process map draws while it is moved, enlarged and simplified, with everything in view.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/frames.mjs
import { at, browser, openContext, openPage, settled } from './browser.mjs';

const DETAILS = [5, 30, 60, 100];
const LASTS_MS = 3_000;

/** Frames a second, and the longest time between two of them, while something is done over and over. */
async function framesWhile(page, act) {
  await page.evaluate(() => {
    window.frames60 = [];
    const count = (now) => {
      window.frames60.push(now);
      window.counting = requestAnimationFrame(count);
    };
    window.counting = requestAnimationFrame(count);
  });
  const until = Date.now() + LASTS_MS;
  for (let turn = 0; Date.now() < until; turn += 1) await act(turn);
  return page.evaluate(() => {
    cancelAnimationFrame(window.counting);
    const times = window.frames60;
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    const sorted = [...gaps].sort((a, b) => a - b);
    return {
      fps: Math.round((1000 * gaps.length) / (times.at(-1) - times[0])),
      p95: Math.round(sorted[Math.floor(0.95 * sorted.length)] ?? 0),
      longest: Math.round(sorted.at(-1) ?? 0),
    };
  });
}

const context = await openContext();
for (const detail of DETAILS) {
  const { page, close } = await openPage(context);
  await page.goto(`${at}/journeys?view=map&detail=${detail}`);
  await page.locator('.react-flow__node').first().waitFor();
  await settled(page);
  const drawn = await page.evaluate(() => ({
    cards: document.querySelectorAll('.react-flow__node').length,
    lines: document.querySelectorAll('.react-flow__edge').length,
  }));
  const box = await page.locator('.react-flow').boundingBox();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // Beside the cards, so that the map is moved and nothing is picked.
  await page.mouse.move(box.x + 8, box.y + box.height - 8);
  await page.mouse.down();
  const moving = await framesWhile(page, (turn) =>
    page.mouse.move(middle.x + 120 * Math.sin(turn / 8), middle.y + 80 * Math.cos(turn / 8)),
  );
  await page.mouse.up();
  await page.mouse.move(middle.x, middle.y);
  await page.keyboard.down('Control');
  const enlarging = await framesWhile(page, (turn) => page.mouse.wheel(0, turn % 40 < 20 ? -40 : 40));
  await page.keyboard.up('Control');
  const slider = page.getByRole('slider', { name: 'Detail' });
  await slider.focus();
  const simplifying = await framesWhile(page, async (turn) => {
    await page.keyboard.press(turn % 8 < 4 ? 'ArrowLeft' : 'ArrowRight');
    await page.waitForTimeout(60);
  });
  console.log(`detail ${detail}: ${drawn.cards} cards, ${drawn.lines} lines`);
  for (const [name, { fps, p95, longest }] of Object.entries({ moving, enlarging, simplifying }))
    console.log(`    ${name.padEnd(12)} ${fps} frames a second, 95 % within ${p95} ms, the longest ${longest} ms`);
  for (const fault of await close()) console.log(`    ${fault}`);
}
await browser.close();

// What somebody does who has no pointer.
import assert from 'node:assert/strict';

const MOST_STEPS = 60;

/** Goes on with a key until something has the focus; fails where no number of steps leads there. */
export async function tabTo(page, target, key = 'Tab') {
  await target.waitFor({ state: 'attached' });
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${MOST_STEPS} times ${key} do not lead to ${target}`);
}

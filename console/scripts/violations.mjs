// What axe finds on a page, in words.
import { AxeBuilder } from '@axe-core/playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** `without` names a part that is not looked at. */
export async function violationsOf(page, { without } = {}) {
  // Styles of frames in a sandbox are of another origin: axe would ask for them once more, which the policy refuses.
  const axe = new AxeBuilder({ page }).options({ preload: false }).withTags(TAGS);
  const { violations } = await (without ? axe.exclude(without) : axe).analyze();
  const found = [];
  for (const violation of violations) {
    const nodes = violation.id === 'target-size' ? await uncovered(page, violation.nodes) : violation.nodes;
    if (nodes.length > 0) found.push({ ...violation, nodes });
  }
  return found.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 4)
      .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`);
    return `axe ${id}: ${help}\n    ${places.join('\n    ')}`;
  });
}

/**
 * Without what only lies under something at this moment: under a bar that stays while the page scrolls, when scrolling
 * brings all of it out, or outside an open list, when closing that does.
 */
async function uncovered(page, nodes) {
  const isListOpen = (await page.locator('[role="dialog"]:visible').count()) > 0;
  const kept = [];
  for (const node of nodes) {
    const isCovered = node.failureSummary?.includes('obscured');
    if (!isCovered || !(await page.evaluate(canBeHad, [node.target[0], isListOpen]))) kept.push(node);
  }
  return kept;
}

/** In the page: whether 24 by 24 pixels of it can be touched. */
function canBeHad([selector, isListOpen]) {
  const element = document.querySelector(selector);
  if (!element) return false;
  if (isListOpen && !element.closest('[role="dialog"]')) return true;
  const before = [window.scrollX, window.scrollY];
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const middle = [left + width / 2, top + height / 2];
  const isTouched = ([x, y]) => element.contains(document.elementFromPoint(middle[0] + x, middle[1] + y));
  const isWhole = [
    [0, 0],
    [-11.5, -11.5],
    [11.5, -11.5],
    [-11.5, 11.5],
    [11.5, 11.5],
  ].every(isTouched);
  window.scrollTo(...before);
  return isWhole;
}

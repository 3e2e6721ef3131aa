// What axe finds on a page, in words.
import { AxeBuilder } from '@axe-core/playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** `without` names a part that is not looked at. */
export async function violationsOf(page, { without } = {}) {
  const axe = new AxeBuilder({ page }).withTags(TAGS);
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

/** Without what an open list lies over: whoever closes it has all of it. */
async function uncovered(page, nodes) {
  const isOutside = (selector) => document.querySelector(selector)?.closest('[role="dialog"]') === null;
  const isListOpen = (await page.locator('[role="dialog"]:visible').count()) > 0;
  if (!isListOpen) return nodes;
  const kept = [];
  for (const node of nodes) {
    const isCovered = node.failureSummary?.includes('obscured') && (await page.evaluate(isOutside, node.target[0]));
    if (!isCovered) kept.push(node);
  }
  return kept;
}

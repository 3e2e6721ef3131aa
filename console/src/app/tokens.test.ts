import { describe, expect, test } from 'vitest';
import { contrast, luminance } from './contrast';
import { DARK, LIGHT, mixed } from './tokens';

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s scheme', (_, tokens) => {
  test('text can be read on every ground it stands on', () => {
    for (const ground of [tokens.paper, tokens.raised, tokens.sunken]) {
      expect(contrast(tokens.ink, ground)).toBeGreaterThanOrEqual(7);
      expect(contrast(tokens.muted, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.accent, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.bad, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.more, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens.less, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(tokens.accent, tokens.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.bad, tokens.badSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.onAccent, tokens.accent)).toBeGreaterThanOrEqual(4.5);
  });

  test('the outline of a mark, pale or not, stands out from its ground', () => {
    expect(contrast(tokens.mark, tokens.raised)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens.mark, tokens.paper)).toBeGreaterThanOrEqual(3);
  });

  test('numbers on the darkest cell of a table of cohorts can be read', () => {
    expect(contrast(tokens.ink, mixed(tokens.accent, tokens.raised, 0.45))).toBeGreaterThanOrEqual(4.5);
  });

  test('experience runs from the extremes to a neutral middle, in lightness too', () => {
    const distance = tokens.experience.map((colour) => Math.abs(luminance(colour) - luminance(tokens.experience[4])));
    for (const [nearer, farther] of [
      [3, 2],
      [2, 1],
      [1, 0],
      [5, 6],
      [6, 7],
      [7, 8],
    ] as const) {
      expect(distance[farther]).toBeGreaterThan(distance[nearer] as number);
    }
  });
});

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
});

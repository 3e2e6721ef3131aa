import { useCallback } from 'react';
import { type Format, useFormat } from '@/ui/use-format';

/** A score as people say it: points with their sign, a percentage, or stars with a decimal. */
export function scoreText(formula: string, score: number, format: Format): string {
  if (formula === 'top_boxes') return format.share(score / 100);
  if (formula === 'mean') return format.number(score, 2);
  const rounded = Math.round(score);
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return `${sign}${format.number(Math.abs(rounded))}`;
}

/** The same beside an axis, whose lines stand at round numbers. */
export function axisText(formula: string, score: number, format: Format): string {
  if (formula === 'top_boxes') return format.roundShare(score / 100);
  if (formula === 'mean') return format.number(score, 1);
  return scoreText(formula, score, format);
}

export function useScoreText(formula: string): (score: number) => string {
  const format = useFormat();
  return useCallback((score) => scoreText(formula, score, format), [formula, format]);
}

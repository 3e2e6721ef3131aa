import { useCallback } from 'react';
import { type Format, useFormat } from '@/ui/use-format';
import { type EffortMeasure, isTime } from './effort';

/** A measure of effort in words: a duration, or a count, with a decimal where it has one. */
export function measuredText(measure: EffortMeasure, value: number, format: Format): string {
  if (isTime(measure)) return format.duration(value);
  if (value > 0 && value < 0.05) return `< ${format.number(0.1, 1)}`;
  return format.number(value, Number.isInteger(Math.round(value * 10) / 10) ? 0 : 1);
}

export function useMeasured(): (measure: EffortMeasure, value: number) => string {
  const format = useFormat();
  return useCallback((measure, value) => measuredText(measure, value, format), [format]);
}

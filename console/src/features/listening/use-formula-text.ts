import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/client';
import { useFormat } from '@/ui/use-format';

/** What a metric counts, in a few words. */
export function useFormulaText(): (metric: Metric) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    ({ formula, answers: [low = 0, high = 0], top_from, promoters_from, detractors_to }) => {
      const said = (number: number | null | undefined) =>
        format.number(number ?? 0, Number.isInteger(number ?? 0) ? 0 : 2);
      const scale = t('listening.own.scale', { low: said(low), high: said(high) });
      if (formula === 'mean') return `${t('listening.own.counts.mean')}, ${scale}`;
      if (formula === 'top_boxes') return `${t('listening.own.counts.top_boxes', { from: said(top_from) })}, ${scale}`;
      const bounds = { from: said(promoters_from), to: said(detractors_to) };
      return `${t('listening.own.counts.net_share', bounds)}, ${scale}`;
    },
    [t, format],
  );
}

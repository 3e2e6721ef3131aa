import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import type { AnswerPart, Metric } from './scores';

/** How a part of the answers is called: of satisfaction and of effort the same parts have names of their own, those of other
 * metrics are called by their bounds. */
export function usePartName(): (metric: Metric, part: AnswerPart['name']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (metric, part) => {
      if (metric.name === 'nps' && part !== 'below' && part !== 'top') return t(`listening.parts.${part}`);
      if ((metric.name === 'csat' || metric.name === 'ces') && (part === 'below' || part === 'top'))
        return t(`listening.parts.${metric.name}.${part}`);
      const { detractors_to: to, promoters_from: from, top_from: top } = metric;
      const number = (bound: number | null | undefined) =>
        bound == null ? '' : format.number(bound, 2).replace(/[.,]00$/, '');
      if (part === 'detractors') return t('listening.parts.upTo', { to: number(to) });
      if (part === 'passives') return t('listening.parts.between');
      if (part === 'below') return t('listening.parts.under', { from: number(top) });
      return t('listening.parts.from', { from: number(part === 'top' ? top : from) });
    },
    [t, format],
  );
}

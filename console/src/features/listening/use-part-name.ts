import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerPart } from './scores';
import type { MetricName } from './search-params';

/** How a part of the answers is called: of satisfaction and of effort the same parts have names of their own. */
export function usePartName(): (metric: MetricName, part: AnswerPart['name']) => string {
  const { t } = useTranslation();
  return useCallback(
    (metric, part) => {
      if (part !== 'below' && part !== 'top') return t(`listening.parts.${part}`);
      return t(`listening.parts.${metric === 'ces' ? 'ces' : 'csat'}.${part}`);
    },
    [t],
  );
}

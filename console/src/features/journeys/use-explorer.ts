import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { comparedPeriod } from '@/app/period';
import { useScope } from '@/app/scope';
import { useListedChannels } from '@/features/customers/use-names';
import { type Asked, askedOver, populations } from './populations';
import type { ExplorerSearch } from './search-params';
import { useSegmentName } from './use-segments';

export function useExplorerSearch(): ExplorerSearch {
  return useSearch({ from: '/journeys' });
}

/** Changes the question in the address; turning a knob is not a step of the browser's history. */
export function useAsk(): (change: Partial<ExplorerSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/journeys' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}

/** What the present question is asked over. */
export function useAsked(): Asked {
  const scope = useScope();
  const { segment, against, otherSegment } = useExplorerSearch();
  return useMemo(() => askedOver(scope, { segment, against, otherSegment }), [scope, segment, against, otherSegment]);
}

export interface Other {
  scope: Asked;
  /** How the other side is called in words: `the period before`, `App and Web`. */
  name: string;
  /** The same as a label, without an article. */
  short: string;
}

/** What the answer is compared with, when it is. Only a period with both ends has another to be compared with. */
export function useOther(): Other | null {
  const { t } = useTranslation();
  const { against, others, segment, otherSegment } = useExplorerSearch();
  const frame = useScope();
  const listed = useListedChannels();
  const nameOfSegment = useSegmentName();
  return useMemo(() => {
    if (against === undefined) return null;
    const population = populations(segment, against, otherSegment).other;
    if (population === null) return null;
    const scope = { ...frame, ...population };
    if (against === 'rest') {
      const short = t('journeys.compare.short.rest');
      return { scope, name: t('journeys.comparisons.rest'), short };
    }
    if (against === 'segment') {
      const name = nameOfSegment(otherSegment);
      return { scope, name, short: name };
    }
    if (against === 'channels') {
      if (!others) return null;
      const name = listed(others);
      return { scope: { ...scope, channel: others }, name, short: name };
    }
    const period = comparedPeriod(scope, against);
    return (
      period && {
        scope: { ...scope, ...period },
        name: t(`journeys.comparisons.${against}`),
        short: t(`journeys.compare.short.${against}`),
      }
    );
  }, [against, others, segment, otherSegment, frame, listed, nameOfSegment, t]);
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { comparedPeriod } from '@/app/period';
import { type Scope, useScope } from '@/app/scope';
import { useListedChannels } from '@/features/customers/use-names';
import type { ExplorerSearch } from './search-params';

export function useExplorerSearch(): ExplorerSearch {
  return useSearch({ from: '/journeys' });
}

/** Changes the question in the address; turning a knob is not a step of the browser's history. */
export function useAsk(): (change: Partial<ExplorerSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/journeys' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}

export interface Other {
  scope: Scope;
  /** How the other side is called in words: `the period before`, `App and Web`. */
  name: string;
  /** The same as a label, without an article. */
  short: string;
}

/** What the answer is compared with, when it is. Only a period with both ends has another to be compared with. */
export function useOther(): Other | null {
  const { t } = useTranslation();
  const { against, others } = useExplorerSearch();
  const scope = useScope();
  const listed = useListedChannels();
  return useMemo(() => {
    if (against === undefined) return null;
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
  }, [against, others, scope, listed, t]);
}

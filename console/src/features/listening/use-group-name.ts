import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '@/features/customers/use-names';
import { useUnitLabel } from '@/features/organisation/queries';
import type { Way } from './search-params';

/** How a group of answers is called; a touchpoint, written `web:Order Completed`, by its channel and what was lived there. */
export function useGroupName(by: Way): (value: string) => string {
  const { t } = useTranslation();
  const names = useNames();
  const unitLabel = useUnitLabel();
  return useCallback(
    (value) => {
      if (value === '(other)') return t('listening.groups.other');
      if (value === '(none)') return t(`listening.groups.without.${by}`);
      if (by === 'unit') return unitLabel(value);
      if (by === 'channel') return names.channel(value);
      const [channel = '', ...activity] = value.split(':');
      return activity.length === 0 ? value : `${names.channel(channel)}: ${activity.join(':')}`;
    },
    [by, names, t, unitLabel],
  );
}

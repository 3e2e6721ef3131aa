import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import type { Behind } from './behind';
import { useAsk } from './use-explorer';

/** Opens the customers behind what a panel tells of; without a number where only the list will tell it. */
export function SeeCustomers({ behind, count }: { behind: Behind; count?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAsk();
  if (count === 0) return null;
  return (
    <Button size="xs" style={{ justifySelf: 'start' }} onClick={() => ask({ behind })} data-look="customers">
      {count === undefined
        ? t('journeys.behind.open')
        : t('journeys.behind.openCount', { count, n: format.number(count) })}
    </Button>
  );
}

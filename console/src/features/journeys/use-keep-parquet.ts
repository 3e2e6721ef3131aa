import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { saveParquet } from '@/ui/save';
import type { Sheet } from '@/ui/sheet';

/** Keeps rows as Parquet. What writes them is loaded first: without the server, it cannot be. */
export function useKeepParquet(): (sheet: Sheet) => void {
  const { t } = useTranslation();
  return (sheet) => {
    saveParquet(sheet).catch(() =>
      notifications.show({
        color: 'bad',
        title: t('journeys.export.notKept'),
        message: t('journeys.export.notKeptSay'),
      }),
    );
  };
}

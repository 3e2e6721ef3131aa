import { Button, Menu, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Over } from '@/api/client';
import { Help, type Term } from '@/ui/help';
import { Icon } from '@/ui/icons';
import { saveCsv } from '@/ui/save';
import type { Sheet } from '@/ui/sheet';
import { useFormat } from '@/ui/use-format';
import classes from './explorer.module.css';
import { useAsk, useExplorerSearch } from './use-explorer';
import { useKeepParquet } from './use-keep-parquet';

export interface Save {
  /** None where there is no picture, or not yet. */
  png?: () => void;
  svg?: () => void;
  sheet: () => Sheet;
}

/** What stands over each picture: what it was computed over, picture or table, and saving it. */
export function ViewBar({
  over,
  save,
  help,
  children,
}: {
  over: Over;
  save: Save;
  /** What a reader may not know about this picture. */
  help: Term;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { table } = useExplorerSearch();
  const ask = useAsk();
  const keepParquet = useKeepParquet();
  return (
    <div className={classes.bar}>
      <span className="small">
        {t('journeys.over', { events: format.number(over.events), customers: format.number(over.customers) })}
        {over.scanned && over.scanned.length > 0 && (
          <> · {t('journeys.scanned', { properties: over.scanned.join(', ') })}</>
        )}
      </span>
      <Help term={help} />
      <span className={classes['bar-space']} />
      {children}
      <SegmentedControl
        size="xs"
        aria-label={t('journeys.show.label')}
        value={table ? 'table' : 'picture'}
        onChange={(value) => ask({ table: value === 'table' ? true : undefined }, { replace: true })}
        data={[
          { value: 'picture', label: t('journeys.show.picture') },
          { value: 'table', label: t('journeys.show.table') },
        ]}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<Icon name="download" size={14} />}>
            {t('journeys.export.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!table && save.png && <Menu.Item onClick={save.png}>{t('journeys.export.png')}</Menu.Item>}
          {!table && save.svg && <Menu.Item onClick={save.svg}>{t('journeys.export.svg')}</Menu.Item>}
          <Menu.Item onClick={() => saveCsv(save.sheet())}>{t('journeys.export.csv')}</Menu.Item>
          <Menu.Item onClick={() => keepParquet(save.sheet())}>{t('journeys.export.parquet')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

import { Button, Menu, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Over } from '@/api/client';
import classes from './answer-bar.module.css';
import { Help, type Term } from './help';
import { Icon } from './icons';
import { saveCsv, saveParquet } from './save';
import type { Sheet } from './sheet';
import { useFormat } from './use-format';

export interface Save {
  /** None where there is no picture, or not yet. */
  png?: () => void;
  svg?: () => void;
  sheet: () => Sheet;
}

/** What stands over each answer: what it was computed over, picture or table, and saving it. */
export function AnswerBar({
  over,
  save,
  help,
  isTable,
  onTable,
  children,
}: {
  over: Over;
  save: Save;
  /** What a reader may not know about this picture. */
  help?: Term;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  // What writes Parquet is loaded first: without the server, it cannot be.
  const keepParquet = () => {
    saveParquet(save.sheet()).catch(() =>
      notifications.show({
        color: 'bad',
        title: t('journeys.export.notKept'),
        message: t('journeys.export.notKeptSay'),
      }),
    );
  };
  return (
    <div className={classes.bar}>
      <span className="small">
        {t('journeys.over', { events: format.number(over.events), customers: format.number(over.customers) })}
        {over.scanned && over.scanned.length > 0 && (
          <> · {t('journeys.scanned', { properties: over.scanned.join(', ') })}</>
        )}
      </span>
      {help && <Help term={help} />}
      <span className={classes.space} />
      {children}
      <SegmentedControl
        size="xs"
        aria-label={t('journeys.show.label')}
        value={isTable ? 'table' : 'picture'}
        onChange={(value) => onTable(value === 'table')}
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
          {!isTable && save.png && <Menu.Item onClick={save.png}>{t('journeys.export.png')}</Menu.Item>}
          {!isTable && save.svg && <Menu.Item onClick={save.svg}>{t('journeys.export.svg')}</Menu.Item>}
          <Menu.Item onClick={() => saveCsv(save.sheet())}>{t('journeys.export.csv')}</Menu.Item>
          <Menu.Item onClick={keepParquet}>{t('journeys.export.parquet')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

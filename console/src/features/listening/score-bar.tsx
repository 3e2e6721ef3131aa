import { Button, Menu, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { useKeepParquet } from '@/features/journeys/use-keep-parquet';
import { Icon } from '@/ui/icons';
import { saveCsv, savePng, saveSvg } from '@/ui/save';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { scoresQuery } from './queries';
import { scoresSheet } from './scores-sheet';
import { scoresSvg } from './scores-svg';
import { DEFAULT_METRIC, DEFAULT_WAY, METRICS } from './search-params';
import { useAskScores, useScoresQuestion, useScoresSearch } from './use-scores';

/** What the scores were computed over, picture or table, and saving them. */
export function ScoreBar({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const keepParquet = useKeepParquet();
  const { table, by = DEFAULT_WAY } = useScoresSearch();
  const ask = useAskScores();
  const broken = useQuery(scoresQuery({ ...useScoresQuestion(), by })).data;
  const metric = METRICS.find((each) => each === answer.metric.name) ?? DEFAULT_METRIC;
  const drawing = () => scoresSvg({ answer, metric, tokens, format, t });
  const sheet = () => scoresSheet(answer, broken);
  const { over } = answer;
  return (
    <div className={classes.tools}>
      <span className="small">
        {t('journeys.over', { events: format.number(over.events), customers: format.number(over.customers) })}
        {over.scanned && over.scanned.length > 0 && (
          <> · {t('journeys.scanned', { properties: over.scanned.join(', ') })}</>
        )}
      </span>
      <span className={classes.space} />
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
          {!table && (
            <Menu.Item onClick={() => void savePng(`vivencia-${metric}.png`, drawing())}>
              {t('journeys.export.png')}
            </Menu.Item>
          )}
          {!table && (
            <Menu.Item onClick={() => void saveSvg(`vivencia-${metric}.svg`, drawing())}>
              {t('journeys.export.svg')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => saveCsv(sheet())}>{t('journeys.export.csv')}</Menu.Item>
          <Menu.Item onClick={() => keepParquet(sheet())}>{t('journeys.export.parquet')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

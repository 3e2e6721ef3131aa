import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Retention } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside } from './answered-beside';
import { CohortTriangle } from './cohort-triangle';
import { cohortRows, curvePoints, darkestShare, ROWS_AT_FIRST } from './cohorts';
import { DEFAULT_BY } from './defaults';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { retentionQuery } from './queries';
import retention from './retention.module.css';
import { RetentionPanel } from './retention-panel';
import { retentionSheet } from './retention-sheet';
import { retentionSvg } from './retention-svg';
import { RetentionTable } from './retention-table';
import { useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';
import { WhichOfRetention } from './which-of-retention';

/** Of those who began in a period, how many came back in each one after. */
export function RetentionView() {
  const { start, back, by = DEFAULT_BY, later } = useExplorerSearch();
  return (
    <AnsweredBeside
      ask={(scope) => retentionQuery({ start, back, by, later, ...scope })}
      height={480}
      isEmpty={({ over }) => over.events === 0}
    >
      {(answer, compared) => <LoadedRetention answer={answer} compared={compared} />}
    </AnsweredBeside>
  );
}

function LoadedRetention({
  answer,
  compared,
}: {
  answer: Retention;
  compared: { answer: Retention; name: string } | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { table, by = DEFAULT_BY } = useExplorerSearch();
  const [isWhole, setWhole] = useState(false);
  const all = cohortRows(answer);
  const curve = curvePoints(answer);
  const other = compared && { curve: curvePoints(compared.answer), name: compared.name };
  const rows = isWhole ? all : all.slice(-ROWS_AT_FIRST);
  const name = t('journeys.retention.name');
  const drawing = () => retentionSvg({ rows, all, curve, by, tokens, format, t });
  const save = {
    png: () => void savePng('vivencia-retention.png', drawing()),
    svg: () => void saveSvg('vivencia-retention.svg', drawing()),
    sheet: () => retentionSheet(all, curve, other),
  };
  return (
    <div>
      <ViewBar over={answer.over} save={save} help="retention">
        <WhichOfRetention />
      </ViewBar>
      <Findings findings={answer.findings} />
      {all.length === 0 && <p className="muted">{t('journeys.retention.nobody')}</p>}
      {all.length > 0 && (
        <div className={classes.split}>
          {table ? (
            <Scrollable className={`card ${classes.table}`} label={name}>
              <RetentionTable rows={all} curve={curve} other={other} by={by} />
            </Scrollable>
          ) : (
            <div className="card">
              <Scrollable className={classes.table} label={name}>
                <CohortTriangle rows={rows} all={all} curve={curve} by={by} name={name} />
              </Scrollable>
              <div className={classes.knobs}>
                <span className={retention.legend}>
                  0
                  <span className={retention.ramp} aria-hidden="true" />
                  {format.share(darkestShare(all))}
                </span>
                <span className={retention.legend}>
                  <span className={retention.sample} aria-hidden="true" />
                  {t('journeys.retention.open')}
                </span>
                {rows.length < all.length && (
                  <>
                    <span role="status">
                      {t('journeys.retention.rows', { n: format.number(rows.length), all: format.number(all.length) })}
                    </span>
                    <Button variant="default" size="compact-xs" onClick={() => setWhole(true)} data-look="rows">
                      {t('journeys.retention.everyRow')}
                    </Button>
                  </>
                )}
              </div>
            </div>
          )}
          <RetentionPanel curve={curve} other={other} by={by} />
        </div>
      )}
    </div>
  );
}

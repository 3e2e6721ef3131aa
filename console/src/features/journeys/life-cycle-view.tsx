import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LifeCycle } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Help } from '@/ui/help';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { Answered } from './answered';
import { periodName } from './cohort-triangle';
import { type By, DEFAULT_BY } from './defaults';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { LIFE_CYCLE_KINDS, type LifeCyclePeriod } from './life-cycle';
import drawn from './life-cycle.module.css';
import { LifeCycleChart } from './life-cycle-chart';
import { lifeCycleSheet } from './life-cycle-sheet';
import { lifeCycleSvg } from './life-cycle-svg';
import { Figure } from './map-panel';
import { NoEvents } from './no-events';
import { lifeCycleQuery } from './queries';
import { useAsked, useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';
import { WhichOfRetention } from './which-of-retention';

/** Of the customers of each period: who is new, who stays, who comes back, who stays away. */
export function LifeCycleView() {
  const { start, by = DEFAULT_BY } = useExplorerSearch();
  const asking = lifeCycleQuery({ start, by, ...useAsked() });
  const query = useQuery(asking);
  return (
    <Answered
      query={query}
      queryKey={asking.queryKey}
      height={480}
      isEmpty={({ over }) => over.events === 0}
      empty={<NoEvents />}
    >
      {(answer) => <LoadedLifeCycle answer={answer} />}
    </Answered>
  );
}

function LoadedLifeCycle({ answer }: { answer: LifeCycle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { table, by = DEFAULT_BY } = useExplorerSearch();
  const { periods } = answer;
  const drawing = () => lifeCycleSvg({ periods, by, tokens, format, t });
  const save = {
    png: () => void savePng('vivencia-life-cycle.png', drawing()),
    svg: () => void saveSvg('vivencia-life-cycle.svg', drawing()),
    sheet: () => lifeCycleSheet(periods),
  };
  const name = t('journeys.lifeCycle.name');
  return (
    <div>
      <ViewBar over={answer.over} save={save} help="lifeCycle">
        <WhichOfRetention />
      </ViewBar>
      <Findings findings={answer.findings} />
      <div className={classes.split}>
        {table ? (
          <Scrollable className={`card ${classes.table}`} label={name}>
            <LifeCycleTable periods={periods} by={by} />
          </Scrollable>
        ) : (
          <div className="card">
            <Scrollable className={classes.table} label={name}>
              <LifeCycleChart periods={periods} by={by} name={name} />
            </Scrollable>
            <div className={classes.knobs}>
              <ul className={drawn.legend} aria-label={t('journeys.lifeCycle.legend')}>
                {LIFE_CYCLE_KINDS.map((kind) => (
                  <li key={kind}>
                    <svg width="16" height="12" aria-hidden="true">
                      <rect x="0.5" y="0.5" width="15" height="11" className={drawn.swatch} data-kind={kind} />
                    </svg>
                    {t(`journeys.lifeCycle.kinds.${kind}`)}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        )}
        <LifeCyclePanel periods={periods} by={by} />
      </div>
    </div>
  );
}

/** The last period that is over, in numbers. */
function LifeCyclePanel({ periods, by }: { periods: readonly LifeCyclePeriod[]; by: By }) {
  const { t } = useTranslation();
  const format = useFormat();
  const last = periods.findLast((period) => period.is_complete);
  const before = last && periods[periods.indexOf(last) - 1];
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      {!last && <p className="muted">{t('journeys.retention.tooEarly')}</p>}
      {last && (
        <section>
          <p className="small">{t(`journeys.lifeCycle.last.${by}`)}</p>
          <h2>{periodName(last.first_day, by, format)}</h2>
        </section>
      )}
      {last && (
        <>
          <Figure
            value={format.number(last.active)}
            name={t('journeys.lifeCycle.active')}
            say={before && t('journeys.lifeCycle.activeBefore', { n: format.number(before.active) })}
          />
          {last.share != null && last.low != null && last.high != null && (
            <div>
              <Figure value={format.share(last.share)} name={t('journeys.lifeCycle.stayed')} />
              <p className="small">
                {t('journeys.retention.interval', {
                  low: format.share(last.low),
                  high: format.share(last.high),
                  n: format.number(last.returning + last.dormant),
                })}{' '}
                <Help term="interval" />
              </p>
            </div>
          )}
          <ul className={classes.rows}>
            {LIFE_CYCLE_KINDS.map((kind) => (
              <li key={kind} className={classes.row}>
                <span>{t(`journeys.lifeCycle.kinds.${kind}`)}</span>
                <span>{format.number(last[kind])}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">{t('journeys.lifeCycle.definition')}</p>
    </aside>
  );
}

function LifeCycleTable({ periods, by }: { periods: readonly LifeCyclePeriod[]; by: By }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t(`journeys.lifeCycle.period.${by}`)}</th>
          <th scope="col" className="number">
            {t('journeys.lifeCycle.active')}
          </th>
          {LIFE_CYCLE_KINDS.map((kind) => (
            <th key={kind} scope="col" className="number">
              {t(`journeys.lifeCycle.kinds.${kind}`)}
            </th>
          ))}
          <th scope="col" className="number">
            {t('journeys.lifeCycle.stayed')}
          </th>
          <th scope="col" className="number">
            {t('journeys.retention.columns.interval')}
          </th>
          <th scope="col">{t('journeys.retention.columns.state')}</th>
        </tr>
      </thead>
      <tbody>
        {periods.toReversed().map((period) => (
          <tr key={period.first_day}>
            <th scope="row">{periodName(period.first_day, by, format)}</th>
            <td className="number">{format.number(period.active)}</td>
            {LIFE_CYCLE_KINDS.map((kind) => (
              <td key={kind} className="number">
                {format.number(period[kind])}
              </td>
            ))}
            <td className="number">{period.share == null ? '' : format.share(period.share)}</td>
            <td className="number">
              {period.low == null || period.high == null
                ? ''
                : `${format.share(period.low)} – ${format.share(period.high)}`}
            </td>
            <td>{period.is_complete ? '' : t('journeys.retention.open')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

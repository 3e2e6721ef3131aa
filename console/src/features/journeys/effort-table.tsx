import { useTranslation } from 'react-i18next';
import type { Effort } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { type EffortMeasure, type Spread, type TrendPoint, trendOf } from './effort';
import { type OtherEffort, spreadThere, trendThere } from './effort-compared';
import funnelClasses from './funnel.module.css';
import { useMeasured } from './use-measured';

const COLUMNS = ['p10', 'p25', 'p50', 'p75', 'p90', 'mean'] as const;
/** What is shown of the other side. */
const THERE = ['p25', 'p50', 'p75', 'mean'] as const;

/** How each measure is spread, and what is typical from week to week. */
export function EffortTable({
  answer,
  spreads,
  other,
}: {
  answer: Effort;
  spreads: readonly Spread[];
  other: OtherEffort | null;
}) {
  const { t } = useTranslation();
  const measured = useMeasured();
  return (
    <>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('journeys.effort.columns.measure')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`journeys.effort.columns.${column}`)}
              </th>
            ))}
            {other &&
              THERE.map((column) => (
                <th key={column} scope="col" className="number">
                  {t('journeys.effort.columnThere', {
                    column: t(`journeys.effort.columns.${column}`),
                    name: other.name,
                  })}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {spreads.map((spread) => (
            <tr key={spread.measure}>
              <th scope="row">{t(`journeys.effort.measures.${spread.measure}`)}</th>
              {COLUMNS.map((column) => (
                <td key={column} className="number">
                  {measured(spread.measure, spread[column])}
                </td>
              ))}
              {other &&
                THERE.map((column) => {
                  const there = spreadThere(other, spread.measure);
                  return (
                    <td key={column} className="number">
                      {there && measured(spread.measure, there[column])}
                    </td>
                  );
                })}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.weeks.length > 0 && (
        <>
          <h2 className={funnelClasses['after-title']}>{t('journeys.effort.weeks')}</h2>
          <WeekTable answer={answer} measures={spreads.map(({ measure }) => measure)} other={other} />
        </>
      )}
    </>
  );
}

/** The medians of each week. */
function WeekTable({
  answer,
  measures,
  other,
}: {
  answer: Effort;
  measures: readonly EffortMeasure[];
  other: OtherEffort | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const measured = useMeasured();
  const trends = measures.map((measure) => {
    const trend = trendOf(answer, measure);
    return { measure, trend, there: trendThere(trend, other, measure) };
  });
  const hasOther = trends.some(({ there }) => there.length > 0);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('journeys.retention.began.week')}</th>
          <th scope="col" className="number">
            {t('journeys.effort.columns.runs')}
          </th>
          {measures.map((measure) => (
            <th key={measure} scope="col" className="number">
              {t(`journeys.effort.measures.${measure}`)}
            </th>
          ))}
          {other &&
            hasOther &&
            measures.map((measure) => (
              <th key={measure} scope="col" className="number">
                {t('journeys.effort.columnThere', {
                  column: t(`journeys.effort.measures.${measure}`),
                  name: other.name,
                })}
              </th>
            ))}
        </tr>
      </thead>
      <tbody>
        {answer.weeks
          .map(({ from, runs }, index) => (
            <tr key={from}>
              <th scope="row">{format.day(from)}</th>
              <td className="number">{format.number(runs)}</td>
              {trends.map(({ measure, trend }) => {
                const { median } = trend[index] as TrendPoint;
                return (
                  <td key={measure} className="number">
                    {median === null ? '' : measured(measure, median)}
                  </td>
                );
              })}
              {hasOther &&
                trends.map(({ measure, there }) => {
                  const median = there[index]?.median ?? null;
                  return (
                    <td key={measure} className="number">
                      {median === null ? '' : measured(measure, median)}
                    </td>
                  );
                })}
            </tr>
          ))
          .reverse()}
      </tbody>
    </table>
  );
}

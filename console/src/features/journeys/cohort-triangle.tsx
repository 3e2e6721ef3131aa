import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '@/ui/use-format';
import { type CohortCell, type CohortRow, type CurvePoint, darkestShare } from './cohorts';
import type { By } from './defaults';
import classes from './retention.module.css';

/** The first day of a period as its name: a month is a month. */
export function periodName(from: string, by: By, format: Format): string {
  return by === 'month' ? format.month(from) : format.day(from);
}

/** Who came back, of each cohort in each period after: the more, the darker, with the number in each cell. */
export function CohortTriangle({
  rows,
  all,
  curve,
  by,
  name,
}: {
  rows: readonly CohortRow[];
  /** The rows that are not drawn too: they decide how dark a share is, so that more rows do not change the paint. */
  all: readonly CohortRow[];
  curve: readonly CurvePoint[];
  by: By;
  name: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const darkest = darkestShare(all);
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const offsets = Array.from({ length: widest }, (_, after) => after);
  const began = all.reduce((sum, { customers }) => sum + customers, 0);
  return (
    <table className={classes.triangle}>
      <caption className="visually-hidden">{name}</caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {t(`journeys.retention.began.${by}`)}
          </th>
          <th scope="col" rowSpan={2} className="number">
            {t('journeys.retention.columns.customers')}
          </th>
          <th scope="colgroup" colSpan={Math.max(1, widest)}>
            {t(`journeys.retention.after.${by}`)}
          </th>
        </tr>
        <tr>
          {offsets.map((after) => (
            <th key={after} scope="col" className={classes.offset}>
              {format.number(after)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className={classes.all}>
          <th scope="row">{t('journeys.retention.all')}</th>
          <td className="number">{format.number(began)}</td>
          {offsets.map((after) => {
            const point = curve.find((each) => each.after === after);
            return <Cell key={after} cell={point && { ...point, isComplete: true }} darkest={darkest} />;
          })}
        </tr>
        {rows.map(({ from, customers, cells }) => (
          <tr key={from}>
            <th scope="row">{periodName(from, by, format)}</th>
            <td className="number">{format.number(customers)}</td>
            {offsets.map((after) => (
              <Cell key={after} cell={cells[after]} darkest={darkest} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell, darkest }: { cell: CohortCell | undefined; darkest: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!cell) return <td />;
  const said = t('journeys.retention.cellSay', {
    returned: format.number(cell.returned),
    n: format.number(cell.customers),
    low: format.share(cell.low),
    high: format.share(cell.high),
  });
  return (
    <td
      className={classes.cell}
      data-open={cell.isComplete ? undefined : true}
      style={{ '--heat': cell.share / darkest } as CSSProperties}
      title={cell.isComplete ? said : `${said}; ${t('journeys.retention.open')}`}
    >
      {format.points(cell.share)}
      {!cell.isComplete && <span className="visually-hidden"> {t('journeys.retention.open')}</span>}
    </td>
  );
}

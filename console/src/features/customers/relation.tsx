import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import { monthMarks, visitsByMonth } from './months';
import { useNames } from './use-names';
import type { Visit } from './visits';

const LANE = 24;
const LABELS = 84;
const WIDTH = 720;
const MARGIN = 8;

/** The whole relation at a glance: time across, a lane for each channel, a dot for each visit. */
export function Relation({ visits, isCut }: { visits: readonly Visit[]; isCut: boolean }) {
  const [isTable, setTable] = useState(false);
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const byChannel = Map.groupBy(visits, (visit) => visit.channel);
  const lanes = [...byChannel].sort(([, a], [, b]) => b.length - a.length);
  const start = visits.at(-1)?.startedAt ?? 0;
  const end = Math.max(visits[0]?.startedAt ?? 0, start + 86_400_000);
  const x = (at: number) => LABELS + MARGIN + ((at - start) / (end - start)) * (WIDTH - LABELS - 2 * MARGIN);
  const marks = monthMarks(start, end, format.timeZone);
  const height = lanes.length * LANE + 22;
  const months = Math.max(1, Math.round((end - start) / (30.44 * 86_400_000)));
  return (
    <Scrollable className={`card ${classes.relation}`} label={t('customers.relation.title')}>
      <div className={classes['relation-head']}>
        <h2>{t('customers.relation.title')}</h2>
        <span className="small">
          {t('customers.relation.say', {
            months: t('customers.relation.months', { count: months, n: format.number(months) }),
          })}{' '}
          <Help term="visit" />{' '}
          <button type="button" className={classes.link} onClick={() => setTable((shown) => !shown)} data-look="twin">
            {t(isTable ? 'customers.relation.asPicture' : 'customers.relation.asTable')}
          </button>
        </span>
      </div>
      {isCut && <p className="small">{t('customers.relation.cut')}</p>}
      {isTable && <RelationTable visits={visits} channels={lanes.map(([channel]) => channel)} />}
      <ul className="visually-hidden" hidden={isTable}>
        {lanes.map(([channel, inLane]) => (
          <li key={channel}>
            {t('customers.relation.row', { channel: names.channel(channel), visits: format.number(inLane.length) })}
          </li>
        ))}
      </ul>
      {!isTable && (
        <svg viewBox={`0 0 ${WIDTH} ${height}`} className={classes.strip} aria-hidden="true">
          {marks.map((mark) => (
            <g key={mark.at}>
              <line x1={x(mark.at)} x2={x(mark.at)} y1={0} y2={lanes.length * LANE} className={classes.month} />
              <text x={x(mark.at)} y={height - 6} className={classes.tick}>
                {format.moment(mark.at, mark.isYear ? 'monthYear' : 'month')}
              </text>
            </g>
          ))}
          {lanes.map(([channel, inLane], lane) => {
            const y = lane * LANE + LANE / 2;
            return (
              <g key={channel}>
                <text x={0} y={y + 4} className={classes.lane}>
                  {names.channel(channel)}
                </text>
                <line x1={LABELS} x2={WIDTH} y1={y} y2={y} className={classes.rule} />
                {inLane.map((visit) => (
                  <circle key={visit.startedAt} cx={x(visit.startedAt)} cy={y} r={3.5} className={classes.dot}>
                    <title>{format.moment(visit.startedAt)}</title>
                  </circle>
                ))}
              </g>
            );
          })}
        </svg>
      )}
    </Scrollable>
  );
}

/** The same as a table: visits by month and channel, the latest month first. */
function RelationTable({ visits, channels }: { visits: readonly Visit[]; channels: readonly (string | null)[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  return (
    <table className={`plain ${classes.twin}`}>
      <thead>
        <tr>
          <th scope="col">{t('customers.relation.month')}</th>
          {channels.map((channel) => (
            <th key={channel ?? ''} scope="col" className="number">
              {names.channel(channel)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {visitsByMonth(visits, format.timeZone).map(({ at, counts }) => (
          <tr key={at}>
            <th scope="row">{format.moment(at, 'monthYear')}</th>
            {channels.map((channel) => (
              <td key={channel ?? ''} className="number">
                {format.number(counts.get(channel) ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import classes from './explorer.module.css';

const SHOWN_CONNECTIONS = 100;

/** The map as tables: the same numbers, for whoever would rather read than look. */
export function MapTables({ map }: { map: ProcessMap }) {
  const { t } = useTranslation();
  const format = useFormat();
  const starts = new Map(map.starts.map((start) => [start.activity, start.customers]));
  const ends = new Map(map.ends.map((end) => [end.activity, end.customers]));
  const activities = [...map.nodes].sort((a, b) => b.customers - a.customers);
  const connections = [...map.edges].sort((a, b) => b.customers - a.customers).slice(0, SHOWN_CONNECTIONS);
  return (
    <div className={classes.tables}>
      <Scrollable className={`card ${classes.table}`} label={t('journeys.map.activities')}>
        <h2>{t('journeys.map.activities')}</h2>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('journeys.map.columns.activity')}</th>
              {(['customers', 'events', 'starts', 'ends'] as const).map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`journeys.map.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {activities.map(({ activity, events, customers }) => (
              <tr key={activity}>
                <td>{activity}</td>
                <td className="number">{format.number(customers)}</td>
                <td className="number">{format.number(events)}</td>
                <td className="number">{format.number(starts.get(activity) ?? 0)}</td>
                <td className="number">{format.number(ends.get(activity) ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Scrollable className={`card ${classes.table}`} label={t('journeys.map.connections')}>
        <h2>{t('journeys.map.connections')}</h2>
        {map.edges.length > SHOWN_CONNECTIONS && (
          <p className="small">
            {t('journeys.map.firstRows', { n: format.number(SHOWN_CONNECTIONS), all: format.number(map.edges.length) })}
          </p>
        )}
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('journeys.map.columns.from')}</th>
              <th scope="col">{t('journeys.map.columns.to')}</th>
              {(['customers', 'events', 'median', 'mean'] as const).map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`journeys.map.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {connections.map((edge) => (
              <tr key={`${edge.from} ${edge.to}`}>
                <td>{edge.from}</td>
                <td>{edge.to}</td>
                <td className="number">{format.number(edge.customers)}</td>
                <td className="number">{format.number(edge.events)}</td>
                <td className="number">{edge.median_ms != null ? format.duration(edge.median_ms) : ''}</td>
                <td className="number">{format.duration(edge.mean_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}

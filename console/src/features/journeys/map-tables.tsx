import { useTranslation } from 'react-i18next';
import type { MapEdge, MapNode, ProcessMap } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { ChangeCell } from './compared';
import { edgeId } from './drawing';
import classes from './explorer.module.css';
import type { OtherMap } from './map-sheet';

const SHOWN_CONNECTIONS = 100;

/** The map as tables: the same numbers, for whoever would rather read than look. */
export function MapTables({ map, other }: { map: ProcessMap; other: OtherMap | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const starts = new Map(map.starts.map((start) => [start.activity, start.customers]));
  const ends = new Map(map.ends.map((end) => [end.activity, end.customers]));
  const none = { customers: 0, events: 0 };
  const nodes = [...map.nodes, ...(other?.changes.goneNodes ?? []).map((node) => ({ ...node, ...none }))];
  const edges = [...map.edges, ...(other?.changes.goneEdges ?? []).map((edge) => ({ ...edge, ...none }))];
  // What is gone stands where it would if it were still there.
  const ofNode = (node: MapNode) => Math.max(node.customers, other?.changes.nodes.get(node.activity)?.other.part ?? 0);
  const ofEdge = (edge: MapEdge) => Math.max(edge.customers, other?.changes.edges.get(edgeId(edge))?.other.part ?? 0);
  const activities = nodes.sort((a, b) => ofNode(b) - ofNode(a));
  const connections = edges.sort((a, b) => ofEdge(b) - ofEdge(a)).slice(0, SHOWN_CONNECTIONS);
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
              {other && (
                <>
                  <th scope="col" className="number">
                    {t('journeys.compare.columns.customers', { name: other.name })}
                  </th>
                  <th scope="col" className="number">
                    {t('journeys.compare.columns.ofAll')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {activities.map(({ activity, events, customers }) => (
              <tr key={activity}>
                <td>{activity}</td>
                <CustomersCell
                  behind={{ kind: 'activity', activity }}
                  count={customers}
                  text={format.number(customers)}
                />
                <td className="number">{format.number(events)}</td>
                <CustomersCell
                  behind={{ kind: 'starts', activity }}
                  count={starts.get(activity) ?? 0}
                  text={format.number(starts.get(activity) ?? 0)}
                />
                <CustomersCell
                  behind={{ kind: 'ends', activity }}
                  count={ends.get(activity) ?? 0}
                  text={format.number(ends.get(activity) ?? 0)}
                />
                {other && (
                  <>
                    <td className="number">{format.number(other.changes.nodes.get(activity)?.other.part ?? 0)}</td>
                    <ChangeCell change={other.changes.nodes.get(activity)} />
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Scrollable className={`card ${classes.table}`} label={t('journeys.map.connections')}>
        <h2>{t('journeys.map.connections')}</h2>
        {edges.length > SHOWN_CONNECTIONS && (
          <p className="small">
            {t('journeys.map.firstRows', { n: format.number(SHOWN_CONNECTIONS), all: format.number(edges.length) })}
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
              {other && (
                <>
                  <th scope="col" className="number">
                    {t('journeys.compare.columns.customers', { name: other.name })}
                  </th>
                  <th scope="col" className="number">
                    {t('journeys.compare.columns.ofFrom')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {connections.map((edge) => (
              <tr key={`${edge.from} ${edge.to}`}>
                <td>{edge.from}</td>
                <td>{edge.to}</td>
                <CustomersCell
                  behind={{ kind: 'connection', from: edge.from, to: edge.to }}
                  count={edge.customers}
                  text={format.number(edge.customers)}
                />
                <td className="number">{format.number(edge.events)}</td>
                <td className="number">
                  {edge.median_ms != null && edge.events > 0 ? format.duration(edge.median_ms) : ''}
                </td>
                <td className="number">{edge.events > 0 ? format.duration(edge.mean_ms) : ''}</td>
                {other && (
                  <>
                    <td className="number">{format.number(other.changes.edges.get(edgeId(edge))?.other.part ?? 0)}</td>
                    <ChangeCell change={other.changes.edges.get(edgeId(edge))} />
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}

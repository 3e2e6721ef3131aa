import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { KindMark, pointsText } from './compared';
import { largestChanges } from './comparison';
import classes from './explorer.module.css';
import type { OtherMap } from './map-sheet';
import type { Picked } from './process-map';

const SHOWN = 8;

/** What differs most from the other side: activities by their share of all customers; the largest first. */
export function MapChangeList({ other, onPick }: { other: OtherMap; onPick: (picked: Picked) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const activities = largestChanges(other.changes.nodes, SHOWN);
  const gone = new Set(other.changes.goneNodes.map((node) => node.activity));
  return (
    <section>
      <h2>{t('journeys.compare.most', { name: other.name })}</h2>
      {activities.length === 0 && <p className="muted">{t('journeys.compare.nothing')}</p>}
      <ul className={classes.rows}>
        {activities.map(([activity, { difference, kind }]) => {
          const value = (
            <span>
              {kind !== 'same' && <KindMark kind={kind} />}
              {pointsText(difference.difference, format)}
            </span>
          );
          return (
            <li key={activity}>
              {gone.has(activity) ? (
                <span className={classes.row}>
                  <span>
                    {activity} <span className="small">{t('journeys.compare.gone')}</span>
                  </span>
                  {value}
                </span>
              ) : (
                <button type="button" className={classes.row} onClick={() => onPick({ kind: 'activity', activity })}>
                  <span>{activity}</span>
                  {value}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <p className="small">{t('journeys.compare.ofAll')}</p>
    </section>
  );
}

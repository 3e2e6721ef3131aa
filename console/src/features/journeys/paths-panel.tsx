import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { Compared, KindMark, pointsText } from './compared';
import { type Change, pathElement, pathId, pathText } from './comparison';
import classes from './explorer.module.css';
import { PanelHead } from './map-panel';
import type { OtherPaths } from './paths-sheet';
import { isOnPath, type PickedPaths } from './picked-paths';
import { SeeCustomers } from './see-customers';

const SHOWN = 8;

/** The paths drawn, or those through what is picked. */
export function PathsPanel({
  paths,
  other,
  picked,
  tailShare,
  onPick,
}: {
  paths: Paths['paths'];
  other: OtherPaths | null;
  picked: PickedPaths | null;
  tailShare: number;
  onPick: (picked: PickedPaths | null) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      {picked === null && <h2>{t('journeys.paths.list')}</h2>}
      {picked?.kind === 'tail' && (
        <>
          <PanelHead title={t('journeys.paths.others')} onClose={() => onPick(null)} />
          <div className={classes.figure}>{format.share(tailShare)}</div>
          <p className="muted">{t('journeys.paths.tailSay')}</p>
          <SeeCustomers behind={{ kind: 'tail' }} />
        </>
      )}
      {picked?.kind === 'activity' && (
        <>
          <PanelHead
            title={t('journeys.paths.through', { activity: picked.activity, n: picked.position + 1 })}
            onClose={() => onPick(null)}
          />
          <SeeCustomers behind={{ kind: 'passing', position: picked.position, activities: [picked.activity] }} />
        </>
      )}
      {picked?.kind === 'band' && (
        <>
          <PanelHead
            title={t('journeys.paths.along', { from: picked.from, to: picked.to, n: picked.position + 1 })}
            onClose={() => onPick(null)}
          />
          <SeeCustomers behind={{ kind: 'passing', position: picked.position, activities: [picked.from, picked.to] }} />
        </>
      )}
      {picked?.kind === 'path' && (
        <>
          <PanelHead title={pathText(picked)} onClose={() => onPick(null)} />
          <SeeCustomers behind={pathElement(picked)} count={paths.find((path) => isOnPath(picked, path))?.customers} />
        </>
      )}
      {picked?.kind === 'path' && other && (
        <Compared change={other.changes.get(pathId(picked))} name={other.name} behind={pathElement(picked)} />
      )}
      {picked?.kind !== 'tail' && (
        <ul className={classes.rows}>
          {paths.slice(0, SHOWN).map((path) => (
            <li key={pathId(path)}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={picked?.kind === 'path' && isOnPath(picked, path)}
                onClick={() => onPick({ kind: 'path', activities: path.activities, goes_on: path.goes_on })}
              >
                <span>{pathText(path)}</span>
                <span>
                  <PathChange change={other?.changes.get(pathId(path))} /> {format.share(path.share)}
                </span>
              </button>
            </li>
          ))}
          {picked === null && tailShare > 0 && (
            <li>
              <button type="button" className={classes.row} onClick={() => onPick({ kind: 'tail' })}>
                <span className="muted">{t('journeys.paths.others')}</span>
                <span className="muted">{format.share(tailShare)}</span>
              </button>
            </li>
          )}
        </ul>
      )}
    </aside>
  );
}

/** How much more or less often a path is taken than on the other side, when that is more than chance. */
function PathChange({ change }: { change: Change | undefined }) {
  const format = useFormat();
  if (!change || change.kind === 'same') return null;
  return (
    <span className="small">
      <KindMark kind={change.kind} />
      {pointsText(change.difference.difference, format)}
    </span>
  );
}

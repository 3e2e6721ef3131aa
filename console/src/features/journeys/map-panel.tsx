import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '@/api/client';
import { Help, type Term } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import type { Behind } from './behind';
import { BehindLink } from './behind-link';
import { Compared } from './compared';
import { edgeId } from './drawing';
import classes from './explorer.module.css';
import { MapChangeList } from './map-change-list';
import type { OtherMap } from './map-sheet';
import type { Picked } from './process-map';
import { SeeCustomers } from './see-customers';
import { useAsk, useExplorerSearch } from './use-explorer';
import { type Ways, waysAfter, waysBefore } from './ways-of';

interface PanelProps {
  map: ProcessMap;
  other: OtherMap | null;
  onPick: (picked: Picked | null) => void;
}

/** What lies behind what is picked; with nothing picked, how journeys start and end. */
export function MapPanel({ map, other, picked, onPick }: PanelProps & { picked: Picked | null }) {
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      {picked === null && <Overview map={map} other={other} onPick={onPick} />}
      {picked?.kind === 'activity' && (
        <ActivityDetail map={map} other={other} activity={picked.activity} onPick={onPick} />
      )}
      {picked?.kind === 'connection' && (
        <ConnectionDetail map={map} other={other} from={picked.from} to={picked.to} onPick={onPick} />
      )}
    </aside>
  );
}

function Overview({ map, other, onPick }: PanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = (title: string, kind: 'starts' | 'ends') => (
    <section>
      <h2>{title}</h2>
      <ul className={classes.rows}>
        {[...map[kind]]
          .sort((a, b) => b.customers - a.customers)
          .slice(0, 5)
          .map(({ activity, customers }) => (
            <li key={activity}>
              <BehindLink
                behind={{ kind, activity }}
                className={classes.row}
                label={t(`journeys.behind.titles.${kind}`, { activity })}
              >
                <span>{activity}</span>
                <span>{format.share(customers / Math.max(1, map.over.customers))}</span>
              </BehindLink>
            </li>
          ))}
      </ul>
    </section>
  );
  return (
    <>
      <p className="muted">{t('journeys.panel.hint')}</p>
      {other && <MapChangeList other={other} onPick={onPick} />}
      {list(t('journeys.panel.starts'), 'starts')}
      {list(t('journeys.panel.ends'), 'ends')}
    </>
  );
}

function ActivityDetail({ map, other, activity, onPick }: PanelProps & { activity: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAsk();
  const { steps = [] } = useExplorerSearch();
  const node = map.nodes.find((each) => each.activity === activity);
  if (!node) return <Overview map={map} other={other} onPick={onPick} />;
  return (
    <>
      <PanelHead title={activity} onClose={() => onPick(null)} />
      <div className={classes.figures}>
        <Figure
          value={format.number(node.customers)}
          name={t('journeys.panel.customers')}
          say={t('journeys.panel.ofAll', { share: format.share(node.customers / Math.max(1, map.over.customers)) })}
        />
        <Figure
          value={format.number(node.events)}
          name={t('journeys.panel.events')}
          say={t('journeys.panel.perCustomer', { n: format.number(node.events / Math.max(1, node.customers), 1) })}
        />
      </div>
      {other && (
        <Compared
          change={other.changes.nodes.get(activity)}
          name={other.name}
          behind={{ kind: 'activity', activity }}
        />
      )}
      <SeeCustomers behind={{ kind: 'activity', activity }} count={node.customers} />
      <WayList
        title={t('journeys.panel.before')}
        ways={waysBefore(map, activity)}
        self={activity}
        none={{ text: t('journeys.panel.begin'), behind: { kind: 'starts', activity } }}
        onPick={(from) => onPick({ kind: 'connection', from, to: activity })}
      />
      <WayList
        title={t('journeys.panel.after')}
        ways={waysAfter(map, activity)}
        self={activity}
        none={{ text: t('journeys.panel.end'), behind: { kind: 'ends', activity } }}
        onPick={(to) => onPick({ kind: 'connection', from: activity, to })}
      />
      <div className={classes.actions}>
        <Button variant="default" size="xs" onClick={() => ask({ view: 'paths', start: activity })}>
          {t('journeys.panel.pathsFrom')}
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => ask({ view: 'funnel', steps: [...steps, activity].slice(-32) })}
        >
          {t('journeys.panel.addToFunnel')}
        </Button>
      </div>
    </>
  );
}

function ConnectionDetail({ map, other, from, to, onPick }: PanelProps & { from: string; to: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const edge = map.edges.find((each) => each.from === from && each.to === to);
  const origin = map.nodes.find((each) => each.activity === from);
  if (!edge || !origin) return <Overview map={map} other={other} onPick={onPick} />;
  return (
    <>
      <PanelHead title={`${from} → ${to}`} help="directlyFollows" onClose={() => onPick(null)} />
      <div className={classes.figures}>
        <Figure
          value={format.number(edge.customers)}
          name={t('journeys.panel.customers')}
          say={t('journeys.panel.ofFrom', {
            share: format.share(edge.customers / Math.max(1, origin.customers)),
            activity: from,
          })}
        />
        <Figure
          value={format.duration(edge.median_ms ?? edge.mean_ms)}
          name={t('journeys.panel.median')}
          help="median"
          say={t('journeys.panel.mean', { mean: format.duration(edge.mean_ms) })}
        />
      </div>
      {other && (
        <Compared
          change={other.changes.edges.get(edgeId({ from, to }))}
          name={other.name}
          behind={{ kind: 'connection', from, to }}
        />
      )}
      <SeeCustomers behind={{ kind: 'connection', from, to }} count={edge.customers} />
      <WayList
        title={t('journeys.panel.afterActivity', { activity: to })}
        ways={waysAfter(map, to)}
        self={to}
        none={{ text: t('journeys.panel.end'), behind: { kind: 'ends', activity: to } }}
        onPick={(next) => onPick({ kind: 'connection', from: to, to: next })}
      />
    </>
  );
}

export function PanelHead({ title, help, onClose }: { title: string; help?: Term; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes['panel-head']}>
      <h2>{title}</h2>
      {help && <Help term={help} />}
      <CloseButton size="sm" aria-label={t('journeys.panel.close')} onClick={onClose} />
    </div>
  );
}

export function Figure({ value, name, say, help }: { value: string; name: string; say?: string; help?: Term }) {
  return (
    <div>
      <div className={classes.figure}>{value}</div>
      <div className="small">
        {name}
        {help && <Help term={help} />}
      </div>
      {say && <div className="small">{say}</div>}
    </div>
  );
}

function WayList({
  title,
  ways,
  self,
  none,
  onPick,
}: {
  title: string;
  ways: Ways;
  self: string;
  /** What stands where nothing comes before or after, and the customers of whom that is so. */
  none: { text: string; behind: Behind };
  onPick: (activity: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <h2>{title}</h2>
      <ul className={classes.rows}>
        {ways.most.map(({ activity, share }) => (
          <li key={activity ?? ''}>
            {activity === null ? (
              <BehindLink
                behind={none.behind}
                className={classes.row}
                label={t(`journeys.behind.titles.${none.behind.kind as 'starts' | 'ends'}`, {
                  activity: 'activity' in none.behind ? none.behind.activity : self,
                })}
              >
                <span className="muted">{none.text}</span>
                <span className="muted">{format.share(share)}</span>
              </BehindLink>
            ) : (
              <button type="button" className={classes.row} onClick={() => onPick(activity)}>
                <span>{activity === self ? t('journeys.panel.itself') : activity}</span>
                <span>{format.share(share)}</span>
              </button>
            )}
          </li>
        ))}
        {ways.others && (
          <li className={`${classes.row} muted`}>
            <span>{t('journeys.panel.others', { n: format.number(ways.others.activities) })}</span>
            <span>{format.share(ways.others.share)}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Frictions } from '@/api/client';
import { useScope } from '@/app/scope';
import { Help } from '@/ui/help';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { Answered } from './answered';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { kindOfLoss } from './frictions';
import { FrictionsList } from './frictions-list';
import { frictionsQuestion } from './frictions-question';
import { frictionsSheet } from './frictions-sheet';
import { FrictionsTable } from './frictions-table';
import { Figure } from './map-panel';
import { NoEvents } from './no-events';
import { frictionsQuery } from './queries';
import { useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

/** What hinders customers, ranked by what it costs. */
export function FrictionsView() {
  const search = useExplorerSearch();
  const asking = frictionsQuery(frictionsQuestion(search), useScope());
  const query = useQuery(asking);
  return (
    <Answered
      query={query}
      queryKey={asking.queryKey}
      height={480}
      isEmpty={({ over }) => over.events === 0}
      empty={<NoEvents />}
    >
      {(answer) => <LoadedFrictions answer={answer} />}
    </Answered>
  );
}

function LoadedFrictions({ answer }: { answer: Frictions }) {
  const { t } = useTranslation();
  const { table } = useExplorerSearch();
  const { frictions } = answer;
  const name = t('journeys.frictions.name');
  return (
    <div>
      <ViewBar over={answer.over} save={{ sheet: () => frictionsSheet(frictions) }} help="frictions" />
      <Findings findings={answer.findings} />
      <div className={classes.split}>
        {frictions.length === 0 ? (
          <EmptyState title={t('journeys.frictions.noneTitle')}>{t('journeys.frictions.noneSay')}</EmptyState>
        ) : table ? (
          <Scrollable className={`card ${classes.table}`} label={name}>
            <FrictionsTable frictions={frictions} />
          </Scrollable>
        ) : (
          <section className={`card ${classes.table}`}>
            <FrictionsList frictions={frictions} name={name} />
          </section>
        )}
        <FrictionsPanel answer={answer} />
      </div>
    </div>
  );
}

function FrictionsPanel({ answer }: { answer: Frictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { frictions, goal, horizon_ms: horizonMs, left_out: leftOut } = answer;
  const costly = frictions.filter((friction) => kindOfLoss(friction) === 'more').length;
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      <Figure
        value={format.number(costly)}
        name={t('journeys.frictions.costly', { n: format.number(frictions.length) })}
      />
      {leftOut > 0 && <p className="small">{t('journeys.frictions.leftOut', { n: format.number(leftOut) })}</p>}
      <section>
        <h2>
          {t('journeys.frictions.comparison')} <Help term="comparable" />
        </h2>
        <p className="small">
          {goal.length === 0
            ? t('journeys.frictions.stayAnything', { horizon: format.duration(horizonMs) })
            : t('journeys.frictions.stay', {
                horizon: format.duration(horizonMs),
                list: new Intl.ListFormat(format.language, { type: 'disjunction' }).format(goal),
              })}
        </p>
      </section>
      <p className="small">{t('journeys.frictions.definition')}</p>
      <p className="small">{t('journeys.frictions.association')}</p>
    </aside>
  );
}

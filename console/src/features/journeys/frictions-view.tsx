import { useTranslation } from 'react-i18next';
import type { Frictions } from '@/api/client';
import { Help } from '@/ui/help';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside } from './answered-beside';
import { CompareLegend } from './compared';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { kindOfLoss } from './frictions';
import { type OtherFrictions, otherFrictions } from './frictions-compared';
import { FrictionsElsewhere, FrictionsList } from './frictions-list';
import { frictionsQuestion } from './frictions-question';
import { frictionsSheet } from './frictions-sheet';
import { FrictionsTable } from './frictions-table';
import { Figure } from './map-panel';
import { frictionsQuery } from './queries';
import { useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

/** What hinders customers, ranked by what it costs. */
export function FrictionsView() {
  const question = frictionsQuestion(useExplorerSearch());
  return (
    <AnsweredBeside
      ask={(scope) => frictionsQuery(question, scope)}
      height={480}
      isEmpty={({ over }) => over.events === 0}
    >
      {(answer, compared) => <LoadedFrictions answer={answer} compared={compared} />}
    </AnsweredBeside>
  );
}

function LoadedFrictions({
  answer,
  compared,
}: {
  answer: Frictions;
  compared: { answer: Frictions; name: string } | null;
}) {
  const { t } = useTranslation();
  const { table } = useExplorerSearch();
  const { frictions } = answer;
  const other = compared && compared.answer.over.customers > 0 ? otherFrictions(answer, compared) : null;
  const name = t('journeys.frictions.name');
  return (
    <div>
      <ViewBar over={answer.over} save={{ sheet: () => frictionsSheet(answer, other) }} help="frictions" />
      <Findings findings={answer.findings} />
      <div className={classes.split}>
        {frictions.length === 0 && !other?.gone.length ? (
          <EmptyState title={t('journeys.frictions.noneTitle')}>{t('journeys.frictions.noneSay')}</EmptyState>
        ) : table ? (
          <Scrollable className={`card ${classes.table}`} label={name}>
            <FrictionsTable frictions={frictions} spending={answer.spending} other={other} />
          </Scrollable>
        ) : (
          <section className={`card ${classes.table}`}>
            <FrictionsList frictions={frictions} spending={answer.spending} other={other} name={name} />
            {other && <FrictionsElsewhere other={other} />}
          </section>
        )}
        <FrictionsPanel answer={answer} other={other} />
      </div>
    </div>
  );
}

function FrictionsPanel({ answer, other }: { answer: Frictions; other: OtherFrictions | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { frictions, goal, horizon_ms: horizonMs, left_out: leftOut, spending } = answer;
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
        {spending && (
          <p className="small">
            {t('journeys.frictions.spending', {
              horizon: format.duration(horizonMs),
              property: spending.property,
              unit: spending.currency ? ` (${spending.currency})` : '',
              list: new Intl.ListFormat(format.language, { type: 'conjunction' }).format(spending.activities),
            })}
          </p>
        )}
      </section>
      {other && (
        <section>
          <h2>
            {t('journeys.compare.most', { name: other.name })} <Help term="interval" />
          </h2>
          <p className="small">{t('journeys.frictions.comparedSay')}</p>
          <CompareLegend name={other.name} />
        </section>
      )}
      <p className="small">{t('journeys.frictions.definition')}</p>
      <p className="small">{t('journeys.frictions.association')}</p>
    </aside>
  );
}

import { useTranslation } from 'react-i18next';
import type { Effort } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside } from './answered-beside';
import { Compared } from './compared';
import { DEFAULT_EFFORT } from './defaults';
import { type Spread, spreadsOf, trendOf } from './effort';
import effortClasses from './effort.module.css';
import { type OtherEffort, otherEffort, trendThere } from './effort-compared';
import { effortSheet } from './effort-sheet';
import { EffortStrips } from './effort-strips';
import { effortSvg } from './effort-svg';
import { EffortTable } from './effort-table';
import { EffortTrend } from './effort-trend';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { Figure } from './map-panel';
import { effortQuery } from './queries';
import { SeeCustomers } from './see-customers';
import { useAsk, useExplorerSearch } from './use-explorer';
import { useMeasured } from './use-measured';
import { ViewBar } from './view-bar';

/** What it takes customers to reach an activity. */
export function EffortView() {
  const { t } = useTranslation();
  const { outcome, start } = useExplorerSearch();
  if (outcome === undefined)
    return <EmptyState title={t('journeys.effort.emptyTitle')}>{t('journeys.effort.emptySay')}</EmptyState>;
  return (
    <AnsweredBeside
      ask={(scope) => effortQuery({ goal: outcome, start, ...scope })}
      height={480}
      isEmpty={({ over }) => over.events === 0}
    >
      {(answer, compared) => <LoadedEffort answer={answer} compared={compared} goal={outcome} />}
    </AnsweredBeside>
  );
}

function LoadedEffort({
  answer,
  compared,
  goal,
}: {
  answer: Effort;
  compared: { answer: Effort; name: string } | null;
  goal: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const ask = useAsk();
  const { table, effort = DEFAULT_EFFORT } = useExplorerSearch();
  const spreads = spreadsOf(answer);
  const trend = trendOf(answer, effort);
  const other = compared && compared.answer.over.customers > 0 ? otherEffort(answer, compared) : null;
  const beside = trendThere(trend, other, effort);
  const name = t('journeys.effort.name', { goal });
  const drawing = () => effortSvg({ spreads, other, tokens, format, t });
  const save = {
    png: () => void savePng('vivencia-effort.png', drawing()),
    svg: () => void saveSvg('vivencia-effort.svg', drawing()),
    sheet: () => effortSheet(answer, spreads, other),
  };
  const trendName = t('journeys.effort.trend', { measure: t(`journeys.effort.measures.${effort}`) });
  return (
    <div>
      <ViewBar over={answer.over} save={save} help="effort" />
      <Findings findings={answer.findings} />
      <div className={classes.split}>
        {spreads.length === 0 ? (
          <section className={`card ${classes.table}`}>
            <p className="muted">{t('journeys.effort.nobody')}</p>
          </section>
        ) : table ? (
          <Scrollable className={`card ${classes.table}`} label={name}>
            <EffortTable answer={answer} spreads={spreads} other={other} />
          </Scrollable>
        ) : (
          <div className={classes.stack}>
            <section className={`card ${classes.table}`}>
              <EffortStrips
                spreads={spreads}
                other={other}
                chosen={effort}
                onChoose={(chosen) => ask({ effort: chosen }, { replace: true })}
                name={name}
              />
            </section>
            {trend.length > 0 && (
              <section className={`card ${classes.table}`}>
                <h2>{trendName}</h2>
                <p className="small">
                  {t('journeys.effort.trendSay')}{' '}
                  {other &&
                    beside.some(({ median }) => median !== null) &&
                    t('journeys.effort.trendThere', { name: other.name })}
                </p>
                <EffortTrend trend={trend} other={beside} measure={effort} name={trendName} />
              </section>
            )}
          </div>
        )}
        <EffortPanel
          answer={answer}
          other={other}
          spread={spreads.find(({ measure }) => measure === effort)}
          goal={goal}
        />
      </div>
    </div>
  );
}

function EffortPanel({
  answer,
  other,
  spread,
  goal,
}: {
  answer: Effort;
  other: OtherEffort | null;
  spread: Spread | undefined;
  goal: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const measured = useMeasured();
  const list = (names: readonly string[]) =>
    names.length === 0 ? t('journeys.effort.none') : new Intl.ListFormat(format.language).format(names);
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      <div className={classes.figures}>
        <Figure value={format.number(answer.runs)} name={t('journeys.effort.runs', { goal })} />
        <Figure value={format.number(answer.customers)} name={t('journeys.panel.customers')} />
      </div>
      <Figure value={format.number(answer.unfinished)} name={t('journeys.effort.unfinished')} />
      {other && (
        <section>
          <h2>{t('journeys.compare.most', { name: other.name })}</h2>
          {other.reached && (
            <Figure
              value={format.share(other.reached.now.part / other.reached.now.whole)}
              name={t('journeys.effort.reached', { goal })}
            />
          )}
          <Compared change={other.reached} name={other.name} />
          {other.spreads.length > 0 && (
            <p className={effortClasses.say}>{t('journeys.effort.comparedSay', { name: other.name })}</p>
          )}
        </section>
      )}
      {spread && spread.p90 > 0 && (
        <section>
          <h2>{t('journeys.effort.most')}</h2>
          <p className="muted">
            {t(`journeys.effort.mostSay.${spread.measure}`, { least: measured(spread.measure, Math.ceil(spread.p90)) })}
          </p>
          <SeeCustomers behind={{ kind: 'effort', measure: spread.measure, least: Math.ceil(spread.p90) }} />
        </section>
      )}
      <section>
        <h2>{t('journeys.effort.roles')}</h2>
        <p className="small">{t('journeys.effort.contacts', { list: list(answer.contacts) })}</p>
        <p className="small">{t('journeys.effort.waits', { list: list(answer.waits) })}</p>
      </section>
      <p className="small">{t('journeys.effort.definition')}</p>
    </aside>
  );
}

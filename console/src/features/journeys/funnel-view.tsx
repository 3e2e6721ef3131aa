import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Funnel } from '@/api/client';
import { comparedPeriod } from '@/app/period';
import { usePeriod } from '@/app/period-picker';
import { useTokens } from '@/app/use-tokens';
import { shareDifference, shareInterval } from '@/ui/proportions';
import { saveCsv, savePng, saveSvg } from '@/ui/save';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './explorer.module.css';
import { Findings } from './findings';
import funnelClasses from './funnel.module.css';
import { type Step, slowestStep, stepsOf, worstStep } from './funnel-steps';
import { funnelSvg } from './funnel-svg';
import { FunnelTable } from './funnel-table';
import { Figure } from './map-panel';
import { funnelQuery } from './queries';
import { DEFAULT_WINDOW } from './search-params';
import { useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

export function FunnelView() {
  const { t } = useTranslation();
  const { steps = [], window = DEFAULT_WINDOW, against } = useExplorerSearch();
  const period = usePeriod();
  const query = useQuery({ ...funnelQuery({ steps, window, ...period }), enabled: steps.length > 0 });
  const compared = against ? comparedPeriod(period, against) : null;
  const before = useQuery({
    ...funnelQuery({ steps, window, ...compared }),
    enabled: steps.length > 0 && compared !== null,
  });
  if (steps.length === 0)
    return <EmptyState title={t('journeys.funnel.emptyTitle')}>{t('journeys.funnel.emptySay')}</EmptyState>;
  return (
    <Answer query={query} loading={<LoadingBlock height={420} />}>
      {(funnel) => (
        <LoadedFunnel
          funnel={funnel}
          before={compared !== null && !before.isPlaceholderData ? (before.data ?? null) : null}
          isRefreshing={query.isPlaceholderData}
        />
      )}
    </Answer>
  );
}

function LoadedFunnel({
  funnel,
  before,
  isRefreshing,
}: {
  funnel: Funnel;
  before: Funnel | null;
  isRefreshing: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { table } = useExplorerSearch();
  const steps = stepsOf(funnel);
  const earlier = before && before.steps.length === steps.length ? stepsOf(before) : null;
  const worst = worstStep(steps);

  const save = {
    png: () => void savePng('vivencia-funnel.png', funnelSvg({ steps, tokens, format, t })),
    svg: () => void saveSvg('vivencia-funnel.svg', funnelSvg({ steps, tokens, format, t })),
    csv: () =>
      saveCsv(
        'vivencia-funnel.csv',
        [
          'step',
          'activity',
          'customers',
          'of_first',
          'of_before',
          'median_ms',
          'compared_customers',
          'compared_of_first',
        ],
        steps.map((step, i) => [
          i + 1,
          step.activity,
          step.customers,
          step.ofFirst,
          step.ofBefore,
          step.medianMs,
          earlier?.[i]?.customers,
          earlier?.[i]?.ofFirst,
        ]),
      ),
  };

  return (
    <div className={isRefreshing ? classes.refreshing : undefined}>
      <ViewBar over={funnel.over} save={save} />
      <Findings findings={funnel.findings} />
      <div className={classes.split}>
        <section className={`card ${classes.table}`}>
          {table ? (
            <FunnelTable steps={steps} earlier={earlier} />
          ) : (
            <ol className={funnelClasses.steps} aria-label={t('journeys.funnel.name', { n: steps.length })}>
              {steps.map((step, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
                <StepBar key={index} step={step} earlier={earlier?.[index] ?? null} isWorst={index === worst} />
              ))}
            </ol>
          )}
        </section>
        <FunnelPanel funnel={funnel} steps={steps} before={before} earlier={earlier} />
      </div>
    </div>
  );
}

function StepBar({ step, earlier, isWorst }: { step: Step; earlier: Step | null; isWorst: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      {step.ofBefore !== null && (
        <div className={funnelClasses.between} data-worst={isWorst || undefined}>
          <span>
            {t('journeys.funnel.lost', { n: format.number(step.lost), share: format.share(1 - step.ofBefore) })}
          </span>
          {step.medianMs !== null && (
            <span>{t('journeys.funnel.took', { duration: format.duration(step.medianMs) })}</span>
          )}
        </div>
      )}
      <div className={funnelClasses.head}>
        <span className={funnelClasses.activity}>{step.activity}</span>
        <span>
          <b>{format.number(step.customers)}</b> <span className="muted">{format.share(step.ofFirst)}</span>
          {earlier && step.ofBefore !== null && (
            <span className="muted"> · {t('journeys.funnel.earlier', { share: format.share(earlier.ofFirst) })}</span>
          )}
        </span>
      </div>
      <div className={funnelClasses.track}>
        <div className={funnelClasses.bar} style={{ width: `${step.ofFirst * 100}%` }} />
        {earlier && step.ofBefore !== null && (
          <div className={funnelClasses.earlier} style={{ left: `${earlier.ofFirst * 100}%` }} />
        )}
      </div>
    </li>
  );
}

function FunnelPanel({
  funnel,
  steps,
  before,
  earlier,
}: {
  funnel: Funnel;
  steps: readonly Step[];
  before: Funnel | null;
  earlier: readonly Step[] | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const worst = worstStep(steps);
  const slowest = slowestStep(steps);
  const last = steps.at(-1);
  const worstOne = worst === null ? undefined : steps[worst];
  const slowestOne = slowest === null ? undefined : steps[slowest];
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      {funnel.customers === 0 && <p>{t('journeys.funnel.nobody')}</p>}
      {last && funnel.customers > 0 && steps.length > 1 && (
        <section>
          <Figure value={format.share(last.ofFirst)} name={t('journeys.funnel.complete')} />
          <p className="small">
            {t('journeys.funnel.interval', {
              low: format.share(shareInterval(last.customers, funnel.customers).low),
              high: format.share(shareInterval(last.customers, funnel.customers).high),
            })}
          </p>
          {before && earlier && <Compared last={last} funnel={funnel} then={earlier.at(-1)} before={before} />}
        </section>
      )}
      {worstOne && worst !== null && (
        <section>
          <h2>{t('journeys.funnel.worst')}</h2>
          <p className="muted">
            {t('journeys.funnel.worstSay', {
              from: steps[worst - 1]?.activity ?? '',
              to: worstOne.activity,
              n: format.number(worstOne.lost),
              share: format.share(1 - (worstOne.ofBefore ?? 0)),
            })}
          </p>
        </section>
      )}
      {slowestOne?.medianMs != null && steps.length > 2 && (
        <section>
          <h2>{t('journeys.funnel.slowest')}</h2>
          <p className="muted">
            {t('journeys.funnel.slowestSay', {
              activity: slowestOne.activity,
              duration: format.duration(slowestOne.medianMs),
            })}
          </p>
        </section>
      )}
      <p className="small">{t('journeys.funnel.definition')}</p>
    </aside>
  );
}

/** The difference from then with its interval, and whether it is more than chance. */
function Compared({
  last,
  funnel,
  then,
  before,
}: {
  last: Step;
  funnel: Funnel;
  then: Step | undefined;
  before: Funnel;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = then && shareDifference(last.customers, funnel.customers, then.customers, before.customers);
  if (!found) return null;
  const points = (share: number) => `${share < 0 ? '−' : '+'}${format.number(Math.abs(share) * 100, 1)}`;
  const isChance = found.low <= 0 && found.high >= 0;
  return (
    <p className={funnelClasses.compared}>
      {t('journeys.funnel.change', {
        points: points(found.difference),
        low: points(found.low),
        high: points(found.high),
        n: format.number(before.customers),
      })}
      {'. '}
      {t(isChance ? 'journeys.funnel.noise' : 'journeys.funnel.real')}
    </p>
  );
}

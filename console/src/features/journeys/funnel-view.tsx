import { useTranslation } from 'react-i18next';
import type { Funnel } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Help } from '@/ui/help';
import { Icon } from '@/ui/icons';
import { shareInterval } from '@/ui/proportions';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AfterDropping, AfterDroppingTable } from './after-dropping';
import { AnsweredBeside, type Beside } from './answered-beside';
import { BehindLink } from './behind-link';
import { Compared, KindMark, pointsText } from './compared';
import classes from './explorer.module.css';
import { Findings } from './findings';
import funnelClasses from './funnel.module.css';
import { FunnelBreakdown } from './funnel-breakdown';
import { funnelQuestion } from './funnel-question';
import { funnelSheet } from './funnel-sheet';
import { type OtherFunnel, otherFunnel, type Step, slowestStep, stepsOf, worstStep } from './funnel-steps';
import { funnelSvg } from './funnel-svg';
import { FunnelTable } from './funnel-table';
import { Figure } from './map-panel';
import { funnelQuery } from './queries';
import { useAsk, useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

export function FunnelView() {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  if (!search.steps?.length)
    return <EmptyState title={t('journeys.funnel.emptyTitle')}>{t('journeys.funnel.emptySay')}</EmptyState>;
  const question = funnelQuestion(search);
  return (
    <AnsweredBeside
      ask={(scope) => funnelQuery(question, scope)}
      height={420}
      isOtherEmpty={({ customers }) => customers === 0}
    >
      {(answer, compared) => <LoadedFunnel funnel={answer} compared={compared} />}
    </AnsweredBeside>
  );
}

function LoadedFunnel({ funnel, compared }: { funnel: Funnel; compared: Beside<Funnel> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { table, breakdown } = useExplorerSearch();
  const steps = stepsOf(funnel);
  const other = compared && compared.answer.steps.length === steps.length ? otherFunnel(funnel, compared) : null;
  const worst = worstStep(steps);

  const drawing = () => funnelSvg({ steps, other, tokens, format, t });
  const save = {
    png: () => void savePng('vivencia-funnel.png', drawing()),
    svg: () => void saveSvg('vivencia-funnel.svg', drawing()),
    sheet: () => funnelSheet(steps, other),
  };

  return (
    <div>
      <ViewBar over={funnel.over} save={save} help="dropOff" />
      <Findings findings={funnel.findings} />
      <div className={classes.split}>
        {table ? (
          <Scrollable className={`card ${classes.table}`} label={t('journeys.funnel.name', { n: steps.length })}>
            <FunnelTable steps={steps} other={other} />
            <AfterDroppingTable />
          </Scrollable>
        ) : (
          <section className={`card ${classes.table}`}>
            <ol className={funnelClasses.steps} aria-label={t('journeys.funnel.name', { n: steps.length })}>
              {steps.map((step, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
                <StepBar key={index} step={step} index={index} other={other} isWorst={index === worst} />
              ))}
            </ol>
          </section>
        )}
        <FunnelPanel funnel={funnel} steps={steps} other={other} />
      </div>
      {breakdown !== undefined && <FunnelBreakdown by={breakdown} steps={steps.map(({ activity }) => activity)} />}
    </div>
  );
}

function StepBar({
  step,
  index,
  other,
  isWorst,
}: {
  step: Step;
  index: number;
  other: OtherFunnel | null;
  isWorst: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const earlier = index > 0 ? (other?.steps[index] ?? null) : null;
  const change = index > 0 ? other?.changes[index] : null;
  const ask = useAsk();
  const isOpen = useExplorerSearch().after === index && index > 0;
  return (
    <li>
      {step.ofBefore !== null && (
        <div className={funnelClasses.between} data-worst={isWorst || undefined}>
          {step.lost === 0 ? (
            <span>{t('journeys.funnel.noneLost')}</span>
          ) : (
            <BehindLink behind={{ kind: 'dropped', step: index }} className={funnelClasses.link}>
              {t('journeys.funnel.lost', { n: format.number(step.lost), share: format.share(1 - step.ofBefore) })}
            </BehindLink>
          )}
          {step.lost > 0 && (
            <button
              type="button"
              className={funnelClasses.disclose}
              aria-expanded={isOpen}
              onClick={() => ask({ after: isOpen ? undefined : index }, { replace: true })}
              data-look="after"
            >
              {t('journeys.after.open')}
              <Icon name={isOpen ? 'up' : 'chevron'} size={12} />
            </button>
          )}
          <span className={funnelClasses.took}>
            {step.medianMs !== null && t('journeys.funnel.took', { duration: format.duration(step.medianMs) })}
          </span>
          {isOpen && <AfterDropping step={index} />}
        </div>
      )}
      <div className={funnelClasses.head}>
        <span className={funnelClasses.activity}>{step.activity}</span>
        <span>
          <BehindLink
            behind={{ kind: 'reached', step: index + 1 }}
            className={funnelClasses.count}
            label={t('journeys.behind.see', { n: format.number(step.customers) })}
          >
            {format.number(step.customers)}
          </BehindLink>{' '}
          <span className="muted">{format.share(step.ofFirst)}</span>
          {step.entries && (
            <span className="muted">
              {' · '}
              {t('journeys.funnel.entries', {
                n: format.number(step.entries.count),
                share: format.share(step.entries.share),
              })}
            </span>
          )}
          {earlier && other && (
            <span className="muted">
              {' · '}
              {t('journeys.compare.side', { name: other.name, share: format.share(earlier.ofFirst) })}
              {change && change.kind !== 'same' && (
                <>
                  {' '}
                  <KindMark kind={change.kind} />
                  {pointsText(change.difference.difference, format)}
                </>
              )}
            </span>
          )}
        </span>
      </div>
      <div className={funnelClasses.track}>
        <div className={funnelClasses.bar} style={{ width: `${step.ofFirst * 100}%` }} />
        {earlier && <div className={funnelClasses.earlier} style={{ left: `${earlier.ofFirst * 100}%` }} />}
      </div>
    </li>
  );
}

function FunnelPanel({ funnel, steps, other }: { funnel: Funnel; steps: readonly Step[]; other: OtherFunnel | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { stepOrder, betweenSteps } = useExplorerSearch();
  const definition = stepOrder === 'any-order' ? 'anyOrder' : betweenSteps ? 'betweenSteps' : 'fromFirst';
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
            })}{' '}
            <Help term="interval" />
          </p>
          {other && (
            <Compared
              change={other.changes.at(-1)}
              name={other.name}
              behind={{ kind: 'reached', step: steps.length }}
            />
          )}
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
      <p className="small">{t(`journeys.funnel.definitions.${definition}`)}</p>
    </aside>
  );
}

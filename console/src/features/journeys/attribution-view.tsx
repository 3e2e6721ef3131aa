import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attribution } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Help } from '@/ui/help';
import { shareInterval } from '@/ui/proportions';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside } from './answered-beside';
import { type CreditRow, creditRows, mostDisputed, TOUCHES_AT_FIRST } from './attribution';
import { AttributionBars } from './attribution-bars';
import { creditRowsOfBoth, type OtherCredits, otherCredits } from './attribution-compared';
import { attributionSheet } from './attribution-sheet';
import { attributionSvg } from './attribution-svg';
import { AttributionTable } from './attribution-table';
import { Compared, CompareLegend } from './compared';
import { DEFAULT_LOOK_BACK, DEFAULT_MODEL, DEFAULT_TOUCH, MEMORIES } from './defaults';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { Figure } from './map-panel';
import { attributionQuery } from './queries';
import { useAsk, useExplorerSearch } from './use-explorer';
import { useTouchName } from './use-touch-name';
import { ViewBar } from './view-bar';

/** What an outcome owes to the channels or touchpoints that came before it, by five models. */
export function AttributionView() {
  const { t } = useTranslation();
  const { outcome, lookBack = DEFAULT_LOOK_BACK, touch = DEFAULT_TOUCH, memory = 1, everyTouch } = useExplorerSearch();
  if (outcome === undefined)
    return <EmptyState title={t('journeys.attribution.emptyTitle')}>{t('journeys.attribution.emptySay')}</EmptyState>;
  return (
    <AnsweredBeside
      ask={(scope) => attributionQuery({ outcome, lookBack, touch, memory, everyTouch, ...scope })}
      height={480}
      isEmpty={({ over }) => over.events === 0}
    >
      {(answer, compared) => <LoadedAttribution answer={answer} compared={compared} outcome={outcome} />}
    </AnsweredBeside>
  );
}

function LoadedAttribution({
  answer,
  compared,
  outcome,
}: {
  answer: Attribution;
  compared: { answer: Attribution; name: string } | null;
  outcome: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const touchName = useTouchName();
  const ask = useAsk();
  const { table, model = DEFAULT_MODEL, memory = 1, everyTouch } = useExplorerSearch();
  const [isWhole, setWhole] = useState(false);
  // Of nothing there are no shares.
  const isComparable = compared !== null && compared.answer.outcomes > compared.answer.without_touch;
  const all = isComparable ? creditRowsOfBoth(answer, compared.answer, model) : creditRows(answer, model);
  const other = isComparable ? otherCredits(all, answer, compared) : null;
  const rows = isWhole ? all : all.slice(0, TOUCHES_AT_FIRST);
  const name = t('journeys.attribution.name', { outcome });
  const drawing = () => attributionSvg({ rows, all, other, sortedBy: model, touchName, tokens, format, t });
  const save = {
    png: () => void savePng('vivencia-attribution.png', drawing()),
    svg: () => void saveSvg('vivencia-attribution.svg', drawing()),
    sheet: () => attributionSheet(all, other),
  };
  return (
    <div>
      <ViewBar over={answer.over} save={save} help="attribution" />
      <Findings findings={answer.findings} />
      <div className={classes.split}>
        <div className="card">
          <Scrollable className={classes.table} label={name}>
            {all.length === 0 ? (
              <p className="muted">{t('journeys.attribution.nothing')}</p>
            ) : table ? (
              <AttributionTable rows={all} other={other} />
            ) : (
              <AttributionBars
                rows={rows}
                all={all}
                other={other}
                sortedBy={model}
                onSort={(chosen) => ask({ model: chosen }, { replace: true })}
                name={name}
              />
            )}
          </Scrollable>
          <div className={classes.knobs}>
            <span className={classes.knob}>
              <span>
                <span id="counted">{t('journeys.attribution.counted')}</span>
                <Help term="touchPath" />
              </span>
              <SegmentedControl
                size="xs"
                aria-labelledby="counted"
                value={everyTouch ? 'every' : 'since'}
                onChange={(value) => ask({ everyTouch: value === 'every' ? true : undefined }, { replace: true })}
                data={[
                  { value: 'since', label: t('journeys.attribution.since') },
                  { value: 'every', label: t('journeys.attribution.every') },
                ]}
              />
            </span>
            <span className={classes.knob}>
              <span>
                <span id="memory">{t('journeys.attribution.order')}</span>
                <Help term="markovOrder" />
              </span>
              <SegmentedControl
                size="xs"
                aria-labelledby="memory"
                value={String(memory)}
                onChange={(value) => ask({ memory: Number(value) }, { replace: true })}
                data={MEMORIES.map((each) => ({ value: String(each), label: format.number(each) }))}
              />
            </span>
            {!table && rows.length < all.length && (
              <>
                <span role="status">
                  {t('journeys.attribution.rows', { n: format.number(rows.length), all: format.number(all.length) })}
                </span>
                <Button variant="default" size="compact-xs" onClick={() => setWhole(true)} data-look="rows">
                  {t('journeys.attribution.everyRow')}
                </Button>
              </>
            )}
          </div>
        </div>
        <AttributionPanel answer={answer} other={other} rows={all} outcome={outcome} />
      </div>
    </div>
  );
}

function AttributionPanel({
  answer,
  other,
  rows,
  outcome,
}: {
  answer: Attribution;
  other: OtherCredits | null;
  rows: readonly CreditRow[];
  outcome: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const touchName = useTouchName();
  const { outcomes, without_touch: without } = answer;
  const { low, high } = shareInterval(without, outcomes);
  const disputed = mostDisputed(rows);
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      <Figure value={format.number(outcomes)} name={t('journeys.attribution.times', { outcome })} />
      {outcomes > 0 && (
        <section>
          <Figure value={format.share(without / outcomes)} name={t('journeys.attribution.withoutTouch')} />
          <p className="small">
            {t('journeys.attribution.withoutInterval', {
              n: format.number(without),
              low: format.share(low),
              high: format.share(high),
            })}{' '}
            <Help term="interval" />
          </p>
          {other && <Compared change={other.withoutTouch} name={other.name} />}
        </section>
      )}
      {disputed && (
        <section>
          <h2>{t('journeys.attribution.disputed')}</h2>
          <p className="muted">
            {t('journeys.attribution.disputedSay', {
              touch: touchName(disputed.row),
              low: format.share(disputed.row.credits[disputed.low]?.share ?? 0),
              lowModel: t(`journeys.attribution.models.${disputed.low}`),
              high: format.share(disputed.row.credits[disputed.high]?.share ?? 0),
              highModel: t(`journeys.attribution.models.${disputed.high}`),
            })}
          </p>
        </section>
      )}
      {other && (
        <section>
          <h2>{t('journeys.compare.most', { name: other.name })}</h2>
          <p className="small">
            {t('journeys.compare.mark', { name: other.name })} {t('journeys.attribution.comparedSay')}
          </p>
          <CompareLegend name={other.name} />
        </section>
      )}
      <p className="small">{t('journeys.attribution.definition')}</p>
      <p className="small">{t('journeys.attribution.association')}</p>
    </aside>
  );
}

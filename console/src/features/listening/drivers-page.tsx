import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Drivers } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Findings } from '@/features/journeys/findings';
import { AnswerBar } from '@/ui/answer-bar';
import { savePng, saveSvg } from '@/ui/save';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './drivers.module.css';
import { DriversList } from './drivers-list';
import { DriversQuadrants } from './drivers-quadrants';
import { driversSheet } from './drivers-sheet';
import { driversSvg } from './drivers-svg';
import { DriversTable } from './drivers-table';
import listening from './listening.module.css';
import { ListeningPage } from './listening-page';
import { driversQuery } from './queries';
import { AMONG, type Among, BEFORE, DEFAULT_BEFORE, DEFAULT_OUTCOME, OUTCOMES } from './search-params';
import { SegmentChoice } from './segment-choice';
import { useDriverText } from './use-driver-text';
import { useAskDrivers, useDriversQuestion, useDriversSearch } from './use-drivers';
import { useOwnMetrics } from './use-metrics';
import { useOutcomeName } from './use-outcome-name';

/** Findings that the empty page says in more words. */
const OF_NOTHING = ['value_never_seen', 'too_few_answers', 'nothing_to_explain', 'no_purchases'];
const WARNINGS = [
  'few_customers',
  'few_answers',
  'inflated',
  'strongly_inflated',
  'few_degrees',
  'mostly_unknown',
] as const;
const REASONS = ['constant', 'rare', 'aliased', 'undetermined'] as const;
const CONTROLS = ['channel', 'unit', 'orders_before', 'spent_before', 'months_known'] as const;

/** What goes with a score or an outcome. */
export function DriversPage() {
  const query = useQuery(driversQuery(useDriversQuestion()));
  return (
    <ListeningPage page="drivers" question={<Question />} query={query}>
      {(answer) => <Loaded answer={answer} />}
    </ListeningPage>
  );
}

/** Of what, out of what and of whom. */
function Question() {
  const { t } = useTranslation();
  const format = useFormat();
  const { of = DEFAULT_OUTCOME, among, before = DEFAULT_BEFORE, segment } = useDriversSearch();
  const ask = useAskDrivers();
  const nameOf = useOutcomeName();
  const own = useOwnMetrics().map(({ name }) => name);
  const known = [...OUTCOMES, ...own];
  const outcomes = known.includes(of) ? known : [...known, of];
  return (
    <div className={listening.question}>
      <NativeSelect
        aria-label={t('listening.drivers.of')}
        value={of}
        onChange={(event) => ask({ of: event.currentTarget.value })}
        data={outcomes.map((value) => ({ value, label: nameOf(value) }))}
      />
      <NativeSelect
        aria-label={t('listening.drivers.among.label')}
        value={among ?? ''}
        onChange={(event) => ask({ among: (event.currentTarget.value || undefined) as Among | undefined })}
        data={[
          { value: '', label: t('listening.drivers.among.all') },
          ...AMONG.map((value) => ({ value, label: t(`listening.drivers.among.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('listening.drivers.before')}
        value={String(before)}
        onChange={(event) => ask({ before: Number(event.currentTarget.value) })}
        data={BEFORE.map((days) => ({
          value: String(days),
          label: t('listening.drivers.days', { count: days, n: format.number(days) }),
        }))}
      />
      <SegmentChoice segment={segment} onChoose={(chosen) => ask({ segment: chosen })} />
    </div>
  );
}

function Loaded({ answer }: { answer: Drivers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { of = DEFAULT_OUTCOME, table } = useDriversSearch();
  const ask = useAskDrivers();
  const nameOf = useOutcomeName();
  const told = answer.findings.filter(({ code }) => !OF_NOTHING.includes(code));
  if (answer.drivers.length === 0)
    return (
      <>
        <Findings findings={told} />
        <Nothing answer={answer} />
        <LeftOut answer={answer} />
      </>
    );
  const outcome = nameOf(of);
  const drawing = () => driversSvg({ answer, outcome, tokens, format, t });
  const file = `vivencia-drivers-${of}`;
  return (
    <div>
      <AnswerBar
        over={answer.over}
        save={{
          png: () => void savePng(`${file}.png`, drawing()),
          svg: () => void saveSvg(`${file}.svg`, drawing()),
          sheet: () => driversSheet(answer),
        }}
        help="drivers"
        isTable={table ?? false}
        onTable={(isTable) => ask({ table: isTable ? true : undefined }, { replace: true })}
      />
      <Findings findings={told} />
      <div className={listening.stack}>
        <Summary answer={answer} />
        <Warnings answer={answer} />
        {table ? (
          <section className={`card ${listening.card}`}>
            <h2>{t('listening.drivers.list.title')}</h2>
            <DriversTable answer={answer} />
          </section>
        ) : (
          <>
            <DriversList answer={answer} />
            <DriversQuadrants answer={answer} outcome={outcome} />
          </>
        )}
        <LeftOut answer={answer} />
      </div>
    </div>
  );
}

function Nothing({ answer }: { answer: Drivers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const has = (code: string) => answer.findings.some((finding) => finding.code === code);
  const say = has('no_purchases')
    ? t('listening.drivers.none.purchases')
    : answer.answers >= answer.minimum
      ? t('listening.drivers.none.nothing')
      : t('listening.drivers.none.few', {
          count: answer.answers,
          n: format.number(answer.answers),
          minimum: format.number(answer.minimum),
        });
  return (
    <EmptyState
      title={t('listening.drivers.none.title')}
      action={<Link to="/listening">{t('listening.drivers.none.scores')}</Link>}
    >
      {say}
    </EmptyState>
  );
}

/** How many answers it rests on, how much of their differences it explains, and what it is not. */
function Summary({ answer }: { answer: Drivers }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { answers, customers, explained, explained_by_controls: before } = answer;
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const held = answer.controls.map((control) => {
    const known = CONTROLS.find((each) => each === control);
    return known ? t(`listening.drivers.controls.${known}`) : control;
  });
  return (
    <div className={classes.summary}>
      <p>
        {t('listening.drivers.based', {
          answers: t('listening.answers', { count: answers, n: format.number(answers) }),
          customers: t('listening.drivers.customers', { count: customers, n: format.number(customers) }),
        })}{' '}
        {explained != null &&
          before != null &&
          t('listening.drivers.explained', { all: format.share(explained), before: format.share(before) })}
      </p>
      <p className="small">
        {t('listening.drivers.association')}{' '}
        {held.length > 0 && t('listening.drivers.held', { list: list.format(held) })}
      </p>
    </div>
  );
}

function Warnings({ answer }: { answer: Drivers }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const format = useFormat();
  const text = useDriverText(answer.outcome);
  const error = answer.orders_error;
  if (answer.warnings.length === 0 && error == null) return null;
  return (
    <section className={classes.warnings} aria-label={t('listening.drivers.warnings.title')}>
      <h2>{t('listening.drivers.warnings.title')}</h2>
      <ul>
        {WARNINGS.map((code) => {
          const warned = answer.warnings.filter((warning) => warning.code === code);
          const names = warned.flatMap(({ variable }) => (variable ? [text.name(variable)] : []));
          return (
            warned.length > 0 && (
              <li key={code}>{t(`listening.drivers.warnings.${code}`, { list: list.format(names) })}</li>
            )
          );
        })}
        {error != null && <li>{t('listening.drivers.warnings.drawn', { error: format.share(error) })}</li>}
      </ul>
    </section>
  );
}

/** What is no part of the comparison, and why. */
function LeftOut({ answer }: { answer: Drivers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useDriverText(answer.outcome);
  const { left_out } = answer;
  if (left_out.length === 0) return null;
  return (
    <details className={classes['left-out']}>
      <summary>
        {t('listening.drivers.leftOut.title', { count: left_out.length, n: format.number(left_out.length) })}
      </summary>
      <ul>
        {left_out.map((variable) => {
          const reason = REASONS.find((each) => each === variable.code);
          return (
            <li key={`${variable.kind} ${variable.name} ${variable.value ?? ''}`}>
              <b>{text.name(variable)}</b>: {reason ? t(`listening.drivers.leftOut.${reason}`) : variable.detail}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

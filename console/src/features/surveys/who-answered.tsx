import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Survey, SurveyResponseRate } from '@/api/client';
import { useNames } from '@/features/customers/use-names';
import { useGroupName } from '@/features/listening/use-group-name';
import { Help } from '@/ui/help';
import { Scrollable } from '@/ui/scrollable';
import { Answer, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { responseQuery } from './queries';
import classes from './surveys.module.css';
import own from './who-answered.module.css';

const DAYS = [30, 90, 365] as const;
const WAYS = ['channel', 'touchpoint', 'unit', 'segment'] as const;
type Way = (typeof WAYS)[number];
/** Differences that are shown before somebody asks for all. */
const FIRST = 6;

/** How many of those who were invited answered, and how they differ from those who did not. */
export function WhoAnswered({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [days, setDays] = useState<number | undefined>(90);
  const query = useQuery(responseQuery(survey.id, days));
  return (
    <section className={`card ${classes.card}`}>
      <div className={own.head}>
        <h2>
          {t('surveys.response.title')} <Help term="responseRate" />
        </h2>
        <NativeSelect
          size="xs"
          aria-label={t('surveys.response.period')}
          value={days === undefined ? '' : String(days)}
          onChange={(event) =>
            setDays(event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value))
          }
          data={[
            ...DAYS.map((count) => ({
              value: String(count),
              label: t('surveys.response.days', { count, n: format.number(count) }),
            })),
            { value: '', label: t('surveys.response.always') },
          ]}
        />
      </div>
      <Answer
        query={query}
        loading={<LoadingLines lines={6} />}
        isEmpty={({ whole, anonymous }) => whole.invited === 0 && anonymous.complete === 0}
        empty={<p className="muted">{t('surveys.response.nobody')}</p>}
      >
        {(answer) => <Loaded answer={answer} />}
      </Answer>
    </section>
  );
}

function Loaded({ answer }: { answer: SurveyResponseRate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { whole, recent, uninvited, anonymous } = answer;
  return (
    <>
      {whole.rate != null && whole.low != null && whole.high != null && (
        <p>
          <b className={own.rate}>{format.share(whole.rate)}</b>{' '}
          {t('surveys.response.rate', {
            answered: format.number(whole.answered),
            invited: format.number(whole.invited),
            low: format.share(whole.low),
            high: format.share(whole.high),
          })}
        </p>
      )}
      <p className="small">
        {[
          ...(whole.invited > 0 ? [t('surveys.response.bias')] : []),
          ...(recent > 0 ? [t('surveys.response.recent', { count: recent, n: format.number(recent) })] : []),
          ...(uninvited > 0
            ? [t('surveys.response.uninvited', { count: uninvited, n: format.number(uninvited) })]
            : []),
          ...(anonymous.complete > 0
            ? [t('surveys.response.anonymous', { count: anonymous.complete, n: format.number(anonymous.complete) })]
            : []),
        ].join(' ')}
      </p>
      {answer.breakdowns.length > 0 && <Breakdown answer={answer} />}
      {whole.invited > 0 && <Differences answer={answer} />}
    </>
  );
}

function Breakdown({ answer }: { answer: SurveyResponseRate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ways = WAYS.filter((way) => answer.breakdowns.some(({ by }) => by === way));
  const [chosen, setChosen] = useState<Way>('channel');
  const way = ways.find((each) => each === chosen) ?? ways[0] ?? 'channel';
  const nameOf = useValueName();
  const groups = answer.breakdowns.find(({ by }) => by === way)?.groups ?? [];
  return (
    <>
      <div className={own.head}>
        <h3>{t('surveys.response.where')}</h3>
        <NativeSelect
          size="xs"
          aria-label={t('surveys.response.by')}
          value={way}
          onChange={(event) => setChosen(WAYS.find((each) => each === event.currentTarget.value) ?? 'channel')}
          data={ways.map((value) => ({ value, label: t(`surveys.response.ways.${value}`) }))}
        />
      </div>
      <Scrollable label={t('surveys.response.where')}>
        <table className={`plain ${own.table}`}>
          <thead>
            <tr>
              <th scope="col">{t(`surveys.response.ways.${way}`)}</th>
              <th scope="col" className="number">
                {t('surveys.response.columns.invited')}
              </th>
              <th scope="col" className="number">
                {t('surveys.response.columns.answered')}
              </th>
              <th scope="col" className="number">
                {t('surveys.response.columns.rate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ value, invited, answered, rate, low, high }) => (
              <tr key={value}>
                <th scope="row">{nameOf(way, value)}</th>
                <td className="number">{format.number(invited)}</td>
                <td className="number">{format.number(answered)}</td>
                <td className="number">
                  {rate != null && low != null && high != null && (
                    <>
                      {format.share(rate)}{' '}
                      <span className={`muted ${own.between}`}>
                        {t('surveys.response.between', { low: format.share(low), high: format.share(high) })}
                      </span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
}

function Differences({ answer }: { answer: SurveyResponseRate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useValueName();
  const [isAll, setAll] = useState(false);
  const { differences } = answer;
  if (differences.length === 0) return <p className="small">{t('surveys.response.notCompared')}</p>;
  const shown = isAll ? differences : differences.slice(0, FIRST);
  const signed = (number: number) => `${number > 0 ? '+' : number < 0 ? '−' : ''}${format.number(Math.abs(number), 2)}`;
  return (
    <>
      <h3>{t('surveys.response.differences')}</h3>
      <Scrollable label={t('surveys.response.differences')}>
        <table className={`plain ${own.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('surveys.response.columns.known')}</th>
              {(['those', 'others', 'difference'] as const).map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`surveys.response.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ kind, value, answered, unanswered, difference, low, high, is_found }) => {
              const said = (mean: number) => (value == null ? format.number(mean, 1) : format.share(mean));
              return (
                <tr key={`${kind} ${value ?? ''}`}>
                  <th scope="row">
                    {value == null
                      ? t(`surveys.response.kinds.${COUNTED.find((each) => each === kind) ?? 'purchases'}`)
                      : t('surveys.response.of', {
                          way: t(`surveys.response.ways.${wayOf(kind)}`),
                          value: nameOf(wayOf(kind), value),
                        })}
                    {is_found && <span className={own.found}>{t('surveys.response.found')}</span>}
                  </th>
                  <td className="number">{said(answered)}</td>
                  <td className="number">{said(unanswered)}</td>
                  <td className="number">
                    {signed(difference)}{' '}
                    <span className={`muted ${own.between}`}>
                      {t('surveys.response.between', { low: signed(low), high: signed(high) })}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrollable>
      {differences.length > FIRST && !isAll && (
        <button type="button" className={own.more} onClick={() => setAll(true)}>
          {t('surveys.response.all', { n: format.number(differences.length) })}
        </button>
      )}
      <p className="small">
        {t('surveys.response.association')}{' '}
        {!differences.some(({ is_found }) => is_found) && t('surveys.response.noneFound')}
      </p>
    </>
  );
}

const wayOf = (kind: string): Way => WAYS.find((each) => each === kind) ?? 'channel';
const COUNTED = ['purchases', 'contacts', 'months_known'] as const;

/** How a channel, a unit, a touchpoint or a segment is called. */
function useValueName(): (way: Way, value: string) => string {
  const names = useNames();
  const touchpoint = useGroupName('touchpoint');
  const unit = useGroupName('unit');
  return (way, value) => {
    if (way === 'segment') return value;
    if (way === 'touchpoint') return touchpoint(value);
    return way === 'unit' ? unit(value) : names.channel(value);
  };
}

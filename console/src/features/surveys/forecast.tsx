import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import type { components } from '@/api/schema';
import { Answer, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { RuleSentence } from './contact-rule';
import { type Json, valueAt } from './document';
import classes from './editor.module.css';
import { contactRuleQuery } from './queries';
import surveys from './surveys.module.css';

type SurveyForecast = components['schemas']['SurveyForecast'];
type Estimate = components['schemas']['Estimate'];

/** The log is read for every answer: it is asked for when writing pauses. */
const ASK_AFTER_MS = 800;

/** How many answers the file may expect each week and who would have been asked, from the events of the last four weeks. */
export function Forecast({ file, isSound }: { file: Json; isSound: boolean }) {
  const { t } = useTranslation();
  const rule = useQuery(contactRuleQuery);
  // Nothing else of the file changes who would be asked.
  const asked = { file, of: JSON.stringify([valueAt(file, ['name']), valueAt(file, ['invite'])]) };
  const [settled] = useDebouncedValue(asked, ASK_AFTER_MS);
  const query = useQuery({
    queryKey: ['surveys', 'forecast', settled.of],
    queryFn: ({ signal }) =>
      answer(
        // The description of the interface calls a file an object of which it knows no field.
        api.POST('/api/v1/surveys/forecast', { body: settled.file as unknown as Record<string, never>, signal }),
      ),
    enabled: isSound,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return (
    <section className={classes.forecast} aria-label={t('surveys.forecast.title')}>
      <h3>{t('surveys.forecast.title')}</h3>
      {isSound || query.data ? (
        <Answer query={query} loading={<LoadingLines lines={4} />}>
          {(forecast) => (
            <div
              className={classes.expected}
              data-older={query.isPlaceholderData || settled.of !== asked.of || undefined}
            >
              <Expected forecast={forecast} />
            </div>
          )}
        </Answer>
      ) : (
        <p className="small">{t('surveys.forecast.unsound')}</p>
      )}
      {rule.data && (
        <div className="small">
          <RuleSentence rule={rule.data} />
        </div>
      )}
    </section>
  );
}

function Expected({ forecast }: { forecast: SurveyForecast }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { answers_per_week: answers, answer_rate: rate, reachable } = forecast;
  const between = ({ low, high }: Estimate, write: (value: number) => string) =>
    t('surveys.forecast.between', { low: write(low), high: write(high) });
  const one = (value: number) => format.number(value, value < 10 ? 1 : 0);
  const rows: [string, string][] = [
    [t('surveys.forecast.occasions'), format.number(forecast.occasions)],
    [t('surveys.forecast.drawn'), format.number(forecast.drawn)],
    [t('surveys.forecast.leftAlone'), format.number(forecast.left_alone)],
    [t('surveys.forecast.customers'), format.number(forecast.customers)],
    ...(reachable ? [[t('surveys.forecast.reachable'), format.share(reachable.value)] as [string, string]] : []),
    [t('surveys.forecast.invitations'), one(forecast.invitations_per_week)],
    ...(rate
      ? [
          [
            t(`surveys.forecast.rates.${forecast.answer_rate_of === 'this_survey' ? 'this_survey' : 'all_surveys'}`),
            `${format.share(rate.value)} ${between(rate, format.share)}`,
          ] as [string, string],
        ]
      : []),
  ];
  const findings = forecast.findings.map(({ code, detail }) =>
    t(`surveys.forecast.findings.${code}` as 'surveys.forecast.findings.no_occasions', { defaultValue: detail }),
  );
  return (
    <>
      {answers && (
        <p className={classes.answersAWeek} data-look="forecast">
          <b>{one(answers.value)}</b> {t('surveys.forecast.perWeek')}{' '}
          <span className="muted">{between(answers, one)}</span>
        </p>
      )}
      {findings.map((finding) => (
        <p key={finding} className={surveys.notice}>
          {finding}
        </p>
      ))}
      {forecast.occasions > 0 && (
        <dl className={classes.expectedRows}>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {forecast.asked.length > 0 && (
        <p className="small">
          {t('surveys.forecast.asked')}{' '}
          {forecast.asked.map((customer, at) => (
            <span key={customer}>
              {at > 0 && ', '}
              <Link to="/customers/$customer" params={{ customer }} target="_blank">
                {customer}
              </Link>
            </span>
          ))}
        </p>
      )}
    </>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { useMay } from '@/api/session';
import { Icon } from '@/ui/icons';
import { Answer, CopyText, EmptyState, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { ListeningHead } from './listening-head';
import { NewSurvey } from './new-survey';
import { surveysQuery } from './queries';
import { sentShare, stateOf, titleOf } from './survey';

/** The surveys, and how far people came in each. */
export function SurveysPage() {
  const { t } = useTranslation();
  const may = useMay()('manage_surveys');
  const query = useQuery(surveysQuery);
  const [isMaking, setMaking] = useState(false);
  const make = may && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)} data-look="new-survey">
      {t('listening.surveys.make')}
    </Button>
  );
  return (
    <div className="page">
      <ListeningHead page="surveys" />
      <Answer
        query={query}
        isEmpty={({ surveys }) => surveys.length === 0}
        empty={
          <EmptyState title={t('listening.surveys.none.title')} action={make}>
            {t(may ? 'listening.surveys.none.say' : 'listening.surveys.none.ask')}
          </EmptyState>
        }
      >
        {({ surveys }) => (
          <>
            {make && <div className={classes.actions}>{make}</div>}
            <ul className={classes.surveys}>
              {surveys.map((survey) => (
                <li key={survey.id} className="card">
                  <SurveyCard survey={survey} mayChange={may} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
      {isMaking && <NewSurvey known={query.data?.surveys ?? []} onClose={() => setMaking(false)} />}
    </div>
  );
}

function SurveyCard({ survey, mayChange }: { survey: Survey; mayChange: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const state = stateOf(survey.state);
  const title = titleOf(survey.definition, format.language) ?? survey.name;
  const change = useMutation({
    mutationFn: (wanted: 'open' | 'closed') =>
      answer(api.PUT('/api/v1/surveys/{id}/state', { params: { path: { id: survey.id } }, body: { state: wanted } })),
    onSuccess: (changed) => {
      void queries.invalidateQueries({ queryKey: surveysQuery.queryKey });
      notifications.show({ title, message: t(`listening.surveys.states.${stateOf(changed.state)}`) });
    },
  });
  const { invitations, partial, complete } = survey.counts;
  const share = sentShare(survey.counts);
  const figures = [
    ['invitations', format.number(invitations)],
    ['complete', format.number(complete)],
    ['partial', format.number(partial)],
    ['share', share === null ? '–' : format.share(share)],
  ] as const;
  return (
    <>
      <div className={classes.head}>
        <div>
          <h2>
            <Link to="/listening/surveys/$survey" params={{ survey: survey.id }}>
              {title}
            </Link>
          </h2>
          <p className="small">
            {survey.name} · {t('listening.surveys.version', { n: format.number(survey.version) })}
          </p>
        </div>
        <span className={classes.state} data-state={state}>
          {t(`listening.surveys.states.${state}`)}
        </span>
      </div>
      <dl className={classes.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`listening.surveys.counts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {state === 'open' ? (
        <div className={classes.address}>
          <code>{survey.link}</code>
          <CopyText text={survey.link} label={t('listening.surveys.copyLink')} />
        </div>
      ) : (
        <p className="small">{t(`listening.surveys.closedSay.${state}`)}</p>
      )}
      {change.isError && <ProblemState error={change.error} isChange />}
      {mayChange && (
        <div className={classes.actions}>
          <Button
            variant={state === 'open' ? 'default' : 'filled'}
            size="xs"
            loading={change.isPending}
            aria-label={t(state === 'open' ? 'listening.surveys.closeOne' : 'listening.surveys.openOne', { title })}
            onClick={() => change.mutate(state === 'open' ? 'closed' : 'open')}
          >
            {t(state === 'open' ? 'listening.surveys.close' : 'listening.surveys.open')}
          </Button>
        </div>
      )}
    </>
  );
}

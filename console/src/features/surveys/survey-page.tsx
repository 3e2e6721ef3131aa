import { Button, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { useMay } from '@/api/session';
import { useTitle } from '@/app/use-title';
import listening from '@/features/listening/listening.module.css';
import { surveysQuery } from '@/features/listening/queries';
import { stateOf, titleOf } from '@/features/listening/survey';
import { Dialog } from '@/ui/dialog';
import { Icon } from '@/ui/icons';
import { Answer, LoadingLines, ProblemState } from '@/ui/states';
import tabs from '@/ui/tabs.module.css';
import { useFormat } from '@/ui/use-format';
import { SurveyAnswers } from './answers';
import { SurveyLinks } from './links';
import { Overview } from './overview';
import { SurveyPlanned } from './planned';
import { surveyQuery } from './queries';
import { SURVEY_PARTS, type SurveyPart } from './search-params';
import classes from './surveys.module.css';
import { SurveyVersions } from './versions';

/** One survey: how far people came, what they answered, how they get to it, and what it was before. */
export function SurveyPage() {
  const { survey: id } = useParams({ from: '/listening/surveys/$survey' });
  const query = useQuery(surveyQuery(id));
  return (
    <div className="page">
      <Answer query={query} loading={<LoadingLines lines={10} />} isPage>
        {(survey) => <LoadedSurvey survey={survey} />}
      </Answer>
    </div>
  );
}

function LoadedSurvey({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { part = 'overview' } = useSearch({ from: '/listening/surveys/$survey' });
  const navigate = useNavigate({ from: '/listening/surveys/$survey' });
  const title = titleOf(survey.definition, format.language) ?? survey.name;
  useTitle(`${title} · ${t('listening.pages.surveys')}`);
  const state = stateOf(survey.state);
  const mayChange = may('manage_surveys');
  return (
    <>
      <div>
        <nav className={classes.crumbs} aria-label={t('surveys.crumbs')}>
          <Link to="/listening/surveys">{t('listening.pages.surveys')}</Link>
        </nav>
        <div className={classes.titleRow}>
          <div>
            <h1>
              {title}{' '}
              <span className={`${listening.state} ${classes.pill}`} data-state={state}>
                {t(`listening.surveys.states.${state}`)}
              </span>
            </h1>
            <p className="muted">
              {survey.name} · {t('listening.surveys.version', { n: format.number(survey.version) })} ·{' '}
              {t('surveys.changedAt', { when: format.moment(survey.updated_at, 'date') })}
            </p>
          </div>
          <div className={listening.actions}>
            {may('read_journeys') && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/listening" search={{ survey: survey.name }} {...props} />}
              >
                {t('surveys.scores')}
              </Button>
            )}
            {mayChange && (
              <Button
                variant="default"
                renderRoot={(props) => (
                  <Link to="/listening/surveys/$survey/edit" params={{ survey: survey.id }} {...props} />
                )}
              >
                {t('surveys.edit')}
              </Button>
            )}
            {mayChange && <StateButton survey={survey} title={title} />}
          </div>
        </div>
      </div>
      <Tabs
        value={part}
        onChange={(chosen) =>
          chosen && void navigate({ search: (before) => ({ ...before, part: chosen as SurveyPart }) })
        }
        keepMounted={false}
        classNames={{ list: tabs.tabs, tab: tabs.tab }}
      >
        <Tabs.List>
          {SURVEY_PARTS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`surveys.parts.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview survey={survey} />
        </Tabs.Panel>
        <Tabs.Panel value="answers">
          <SurveyAnswers survey={survey} />
        </Tabs.Panel>
        <Tabs.Panel value="planned">
          <SurveyPlanned survey={survey} />
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <SurveyLinks survey={survey} title={title} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <SurveyVersions survey={survey} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Opens the survey, or closes it once somebody has said that this is meant: links in people's hands stop working. */
function StateButton({ survey, title }: { survey: Survey; title: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const isOpen = stateOf(survey.state) === 'open';
  const change = useMutation({
    mutationFn: (state: 'open' | 'closed') =>
      answer(api.PUT('/api/v1/surveys/{id}/state', { params: { path: { id: survey.id } }, body: { state } })),
    onSuccess: (changed) => {
      queries.setQueryData(surveyQuery(survey.id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: surveysQuery.queryKey, exact: true });
      notifications.show({ title, message: t(`listening.surveys.states.${stateOf(changed.state)}`) });
      setAsking(false);
    },
  });
  return (
    <>
      <Button
        variant={isOpen ? 'default' : 'filled'}
        loading={change.isPending && !isAsking}
        onClick={() => (isOpen ? setAsking(true) : change.mutate('open'))}
        data-look="state"
      >
        {t(isOpen ? 'surveys.close' : 'surveys.open')}
      </Button>
      {change.isError && !isAsking && (
        <Dialog title={t('surveys.open')} onClose={() => change.reset()}>
          <ProblemState error={change.error} isChange />
        </Dialog>
      )}
      {isAsking && (
        <Dialog title={t('surveys.closing.title', { title })} onClose={() => setAsking(false)}>
          <p>{t('surveys.closing.say')}</p>
          {change.isError && <ProblemState error={change.error} isChange />}
          <div className={classes.dialogActions}>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('surveys.cancel')}
            </Button>
            <Button
              loading={change.isPending}
              leftSection={<Icon name="close" size={14} />}
              onClick={() => change.mutate('closed')}
            >
              {t('surveys.close')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

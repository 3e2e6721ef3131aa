import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Survey } from '@/api/client';
import { useMay } from '@/api/session';
import { Answer, EmptyState, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { ContactRuleCard } from './contact-rule';
import type { Json } from './document';
import { endCounts, occasionOf } from './inviting';
import { plannedQuery } from './queries';
import classes from './surveys.module.css';

/** Whom the survey invites by itself, what became of everybody, and the rule that leaves customers alone. */
export function SurveyPlanned({ survey }: { survey: Survey }) {
  return (
    <div className={classes.column}>
      <Planned survey={survey} />
      <ContactRuleCard />
    </div>
  );
}

function Planned({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay()('manage_surveys');
  const query = useQuery(plannedQuery(survey.id));
  const asksNobody = occasionOf(survey.definition as unknown as Json) === 'nobody';
  const edit = may && (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/listening/surveys/$survey/edit" params={{ survey: survey.id }} {...props} />}
    >
      {t('surveys.planned.edit')}
    </Button>
  );
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.planned.title')}</h2>
      <Answer
        query={query}
        loading={<LoadingLines lines={5} />}
        isEmpty={({ waiting, ended }) => waiting === 0 && endCounts(ended).length === 0}
        empty={
          <EmptyState title={t(`surveys.planned.${asksNobody ? 'nobody' : 'none'}.title`)} action={asksNobody && edit}>
            {t(`surveys.planned.${asksNobody ? 'nobody' : 'none'}.say`)}
          </EmptyState>
        }
      >
        {({ waiting, ended }) => (
          <>
            <p>{t('surveys.planned.waiting', { count: waiting, n: format.number(waiting) })}</p>
            {asksNobody && <p className="small">{t('surveys.planned.before')}</p>}
            <ol className={classes.funnel}>
              {endCounts(ended).map(({ end, count, share }) => (
                <li key={end} data-end={end}>
                  <span>
                    {t(`surveys.planned.ends.${end}.name`)}
                    <span className={`small ${classes.why}`}>{t(`surveys.planned.ends.${end}.say`)}</span>
                  </span>
                  <span className={classes.track} aria-hidden="true" data-quiet={end !== 'invited' || undefined}>
                    <span style={{ width: `${share * 100}%` }} />
                  </span>
                  <span className="number">
                    <b>{format.number(count)}</b> <span className="muted">{format.share(share)}</span>
                  </span>
                </li>
              ))}
            </ol>
          </>
        )}
      </Answer>
    </section>
  );
}

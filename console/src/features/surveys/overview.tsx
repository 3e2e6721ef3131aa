import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Survey } from '@/api/client';
import listening from '@/features/listening/listening.module.css';
import { sentShare, stateOf } from '@/features/listening/survey';
import { CopyText, LoadingBlock, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { languagesOf, questionsOf, textIn, typeOf, unfilled } from './document';
import { funnelOf, responseRate } from './funnel';
import { Preview } from './preview';
import classes from './surveys.module.css';
import { useCheck } from './use-check';
import { WhoAnswered } from './who-answered';

/** How far people came, what is asked, and how it looks. */
export function Overview({ survey }: { survey: Survey }) {
  const format = useFormat();
  const languages = languagesOf(survey.definition);
  const [language, setLanguage] = useState(
    languages.find((code) => code.startsWith(format.language)) ?? languages[0] ?? format.language,
  );
  const check = useCheck(survey.definition, language);
  return (
    <div className={classes.overview}>
      <div className={classes.column}>
        <Funnel survey={survey} />
        <WhoAnswered survey={survey} />
        <OpenLink survey={survey} />
        <Questions survey={survey} language={language} />
      </div>
      {check.isError ? (
        <ProblemState error={check.error} onRetry={() => void check.refetch()} />
      ) : check.data === undefined ? (
        <LoadingBlock height={560} />
      ) : (
        <Preview preview={check.data.preview} languages={languages} language={language} onLanguage={setLanguage} />
      )}
    </div>
  );
}

function Funnel({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { invitations, refused, partial, complete, marked } = survey.counts;
  const rate = responseRate(survey.counts);
  const share = sentShare(survey.counts);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.funnel.title')}</h2>
      <dl className={classes.figures}>
        {(
          [
            ['complete', format.number(complete)],
            ['partial', format.number(partial)],
            ['share', share === null ? '–' : format.share(share)],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`surveys.counts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {marked > 0 && (
        <p className="small">
          <Link
            to="/listening/surveys/$survey"
            params={{ survey: survey.id }}
            search={{ part: 'answers', marks: 'with' }}
          >
            {t('surveys.funnel.marked', { count: marked, n: format.number(marked) })}
          </Link>{' '}
          {t('surveys.funnel.markedSay')}
        </p>
      )}
      {invitations === 0 ? (
        <p className="muted">
          {t('surveys.funnel.nobody')}{' '}
          <Link to="/listening/surveys/$survey" params={{ survey: survey.id }} search={{ part: 'links' }}>
            {t('surveys.funnel.invite')}
          </Link>
        </p>
      ) : (
        <>
          <h3 className={classes.sub}>{t('surveys.funnel.invited')}</h3>
          <ol className={classes.funnel}>
            {funnelOf(survey.counts).map(({ stage, count, share: part }) => (
              <li key={stage}>
                <span>{t(`surveys.funnel.stages.${stage}`)}</span>
                <span className={classes.track} aria-hidden="true">
                  <span style={{ width: `${(part ?? 0) * 100}%` }} />
                </span>
                <span className="number">
                  <b>{format.number(count)}</b> <span className="muted">{part === null ? '' : format.share(part)}</span>
                </span>
              </li>
            ))}
          </ol>
          {rate && (
            <p>
              {t('surveys.funnel.rate', {
                share: format.share(rate.share),
                low: format.share(rate.low),
                high: format.share(rate.high),
                n: format.number(rate.invited),
              })}{' '}
              <span className="muted">
                {t('surveys.funnel.refused', { count: refused, n: format.number(refused) })}
              </span>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function OpenLink({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = stateOf(survey.state);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.links.open')}</h2>
      {state === 'draft' ? (
        <p className="muted">{t('listening.surveys.closedSay.draft')}</p>
      ) : (
        <>
          <div className={listening.address}>
            <code>{survey.link}</code>
            <CopyText text={survey.link} label={t('listening.surveys.copyLink')} />
          </div>
          <p className="small">
            {t(state === 'open' ? 'surveys.links.openSay' : 'listening.surveys.closedSay.closed')}
          </p>
          <dl className={classes.figures}>
            {(['shown', 'started', 'answered'] as const).map((name) => (
              <div key={name}>
                <dt>{t(`surveys.links.came.${name}`)}</dt>
                <dd>{format.number(survey.counts.open[name])}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

function Questions({ survey, language }: { survey: Survey; language: string }) {
  const { t } = useTranslation();
  const questions = questionsOf(survey.definition);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('listening.surveys.questions', { count: questions.length, n: String(questions.length) })}</h2>
      <ol className={classes.questions}>
        {questions.map((question) => {
          const type = typeOf(question);
          return (
            <li key={String(question.id)}>
              <p lang={language}>{unfilled(textIn(question.text, language))}</p>
              <p className="small">
                {[
                  type ? t(`surveys.types.${type}`) : String(question.type),
                  question.required === true ? t('surveys.required') : '',
                  question.show_when !== undefined ? t('surveys.isConditional') : '',
                  question.skip !== undefined ? t('surveys.isSkipping') : '',
                ]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

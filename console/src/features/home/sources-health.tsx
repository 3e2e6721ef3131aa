import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DataFinding } from '@/api/client';
import { Answer } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './home.module.css';
import { findingsQuery, freshnessQuery } from './queries';

const SHOWN = 5;

/** Whether each source still sends. In words, not in colours. */
export function SourcesHealth() {
  const { t } = useTranslation();
  const format = useFormat();
  const freshness = useQuery(freshnessQuery);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('home.fresh_.title')}</h2>
      <Answer
        query={freshness}
        isEmpty={({ sources }) => sources.length === 0}
        empty={<p className="small">{t('home.fresh_.none')}</p>}
      >
        {({ sources }) => (
          <ul className={classes.list}>
            {[...sources]
              .sort((a, b) => Number(b.is_late) - Number(a.is_late) || b.events_7d - a.events_7d)
              .slice(0, SHOWN)
              .map((source) => (
                <li key={source.source} className={classes.source}>
                  <span>{source.source}</span>
                  <span className="small">
                    {t(source.is_late ? 'home.fresh_.late' : 'home.fresh_.last', {
                      ago: format.ago(source.last_received_at),
                    })}
                    {' · '}
                    {t('home.fresh_.week', { n: format.number(source.events_7d) })}
                  </span>
                </li>
              ))}
          </ul>
        )}
      </Answer>
    </section>
  );
}

const CODES = ['two_spellings', 'impossible_times', 'property_type_changed', 'source_late'] as const;

/** What is odd about the data itself, for people to decide. */
export function Findings() {
  const { t } = useTranslation();
  const findings = useQuery(findingsQuery);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('home.odd.title')}</h2>
      <Answer
        query={findings}
        isEmpty={(found) => found.findings.length === 0}
        empty={<p className="small">{t('home.odd.none')}</p>}
      >
        {(found) => (
          <>
            <ul className={classes.list}>
              {found.findings.slice(0, SHOWN).map((finding) => (
                <Finding key={`${finding.code} ${finding.about.join(' ')}`} finding={finding} />
              ))}
            </ul>
            {found.findings.length > SHOWN && (
              <p className="small">
                {t('home.odd.more', { count: found.findings.length - SHOWN, n: found.findings.length - SHOWN })}
              </p>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}

function Finding({ finding }: { finding: DataFinding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = CODES.find((each) => each === finding.code);
  const [one = '', other = ''] = finding.about;
  const text = code
    ? t(`home.odd.${code}`, {
        one,
        other,
        n: format.number(finding.events ?? 0),
        interpolation: { escapeValue: false },
      })
    : finding.detail;
  return (
    <li className={classes.source}>
      <span>{text}</span>
      {code === 'source_late' && (
        <Link to="/settings/sources" search={{ tab: 'live' }} className="small">
          {t('home.odd.look')}
        </Link>
      )}
    </li>
  );
}

import { useTranslation } from 'react-i18next';
import type { Finding } from '@/api/client';
import classes from './explorer.module.css';

const KNOWN = ['too_many_activities', 'edges_left_out'] as const;

/** What the reader of an answer should know about the data behind it. An empty period has a page of its own. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const said = findings.filter((finding) => finding.code !== 'no_events');
  if (said.length === 0) return null;
  return (
    <div className={classes.findings} role="note">
      {said.map(({ code, detail }) => {
        const known = KNOWN.find((each) => each === code);
        return <div key={`${code} ${detail}`}>{known ? t(`journeys.findings.${known}`) : detail}</div>;
      })}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { Finding } from '@/api/client';
import classes from './explorer.module.css';

const KNOWN = [
  'too_many_activities',
  'edges_left_out',
  'removal_too_large',
  'removal_without_outcome',
  'anything_is_staying',
] as const;
const ROLES = ['contact', 'wait', 'error'] as const;

/** Findings that name what they are about between backticks. */
const NAMING = ['impossible_times', 'two_spellings'] as const;

function namesOf(detail: string): string[] {
  return [...detail.matchAll(/`([^`]*)`/g)].map((found) => `“${found[1]}”`);
}

/** Which role no activity has, where the finding is about one. */
function missingRole({ code, detail }: Finding) {
  return code === 'no_activity_of_role' ? ROLES.find((role) => detail.includes(`role ${role}`)) : undefined;
}

/** What the reader of an answer should know about the data behind it. An empty period has a page of its own. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const said = findings.filter((finding) => finding.code !== 'no_events');
  if (said.length === 0) return null;
  return (
    <div className={classes.findings} role="note">
      {said.map((finding) => {
        const { code, detail } = finding;
        const known = KNOWN.find((each) => each === code);
        const naming = NAMING.find((each) => each === code);
        const role = missingRole(finding);
        return (
          <div key={`${code} ${detail}`}>
            {known
              ? t(`journeys.findings.${known}`)
              : naming
                ? t(`journeys.findings.${naming}`, { list: list.format(namesOf(detail)) })
                : role
                  ? t(`journeys.findings.roles.${role}`)
                  : detail}
          </div>
        );
      })}
    </div>
  );
}

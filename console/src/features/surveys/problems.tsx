import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { type Json, placeOf, valueAt } from './document';
import classes from './surveys.module.css';
import type { SurveyProblem } from './use-check';

const CODES = [
  'invalid_json',
  'file_too_large',
  'unknown_format',
  'unknown_member',
  'missing',
  'wrong_type',
  'out_of_range',
  'unknown_value',
  'invalid_key',
  'twice',
  'wrong_count',
  'wrong_order',
  'invalid_text',
  'too_long',
  'null_character',
  'invalid_placeholder',
  'invalid_colour',
  'accent_corrected',
  'no_fallback',
] as const;

/** What a problem says: in the reader's language where its code is known, otherwise as the server says it. Of a text that is just to be written, no more than that. */
export function useProblemWords(): (problem: SurveyProblem, file?: Json) => string {
  const { t } = useTranslation();
  return ({ place: text, code, detail }, file) => {
    const place = file === undefined ? null : placeOf(text);
    if (place && (code === 'invalid_text' || code === 'invalid_key') && valueAt(file, place) === '')
      return t('surveys.editor.unwritten');
    const known = CODES.find((each) => each === code);
    return known ? t(`surveys.codes.${known}`) : detail;
  };
}

/** Everything that is wrong with a file, each at its place, and what should be known. */
export function Problems({
  problems,
  findings,
}: {
  problems: readonly SurveyProblem[];
  findings: readonly SurveyProblem[];
}) {
  const { t } = useTranslation();
  const words = useProblemWords();
  if (problems.length === 0 && findings.length === 0)
    return (
      <p className={classes.fine}>
        <Icon name="check" size={14} /> {t('surveys.fine')}
      </p>
    );
  return (
    <>
      {problems.length > 0 && <h3>{t('surveys.problems', { count: problems.length, n: String(problems.length) })}</h3>}
      <ul className={classes.problems}>
        {[...problems, ...findings].map((problem) => (
          <li key={`${problem.place} ${problem.code}`} data-finding={findings.includes(problem) || undefined}>
            <code>{problem.place}</code>
            <span>
              {words(problem)}{' '}
              {problem.detail && (
                <span className="small" lang="en">
                  {problem.detail}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

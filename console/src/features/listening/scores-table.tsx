import { useTranslation } from 'react-i18next';
import type { Scored, Scores } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { scoreOf } from './scores';
import type { Way } from './search-params';
import { useGroupName } from './use-group-name';
import { useScoreText } from './use-score-text';

/** The whole period and each part of it, the latest first. */
export function PeriodTable({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = answer.periods.flatMap(({ first_day }, index) => {
    const scored = answer.whole.periods[index];
    return scored ? [{ day: first_day, scored }] : [];
  });
  return (
    <Scrollable label={t('listening.trend.title')}>
      <table className="plain">
        <Head first={t('listening.columns.period')} />
        <tbody>
          <Row name={t('listening.columns.whole')} scored={answer.whole.total} formula={answer.metric.formula} />
          {rows.toReversed().map(({ day, scored }) => (
            <Row key={day} name={format.day(day)} scored={scored} formula={answer.metric.formula} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

export function GroupTable({ answer, by }: { answer: Scores; by: Way }) {
  const { t } = useTranslation();
  const nameOf = useGroupName(by);
  return (
    <Scrollable label={t('listening.groups.title')}>
      <table className="plain">
        <Head first={t(`listening.groups.ways.${by}`)} />
        <tbody>
          {answer.groups.map(({ value, total }) => (
            <Row key={value} name={nameOf(value)} scored={total} formula={answer.metric.formula} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

function Head({ first }: { first: string }) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {(['score', 'interval', 'answers', 'customers'] as const).map((column) => (
          <th key={column} scope="col" className="number">
            {t(`listening.columns.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ name, scored, formula }: { name: string; scored: Scored; formula: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScoreText(formula);
  const score = scoreOf(scored);
  return (
    <tr>
      <th scope="row">{name}</th>
      {score ? (
        <>
          <td className="number">{text(score.value)}</td>
          <td className="number">{t('listening.groups.between', { low: text(score.low), high: text(score.high) })}</td>
        </>
      ) : (
        <td className="number muted" colSpan={2}>
          {scored.answers === 0 ? t('listening.groups.nobody') : t('listening.groups.tooFew')}
        </td>
      )}
      <td className="number">{format.number(scored.answers)}</td>
      <td className="number">{format.number(scored.customers)}</td>
    </tr>
  );
}

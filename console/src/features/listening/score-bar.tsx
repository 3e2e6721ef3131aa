import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { AnswerBar } from '@/ui/answer-bar';
import { savePng, saveSvg } from '@/ui/save';
import { useFormat } from '@/ui/use-format';
import { scoresQuery } from './queries';
import { scoresSheet } from './scores-sheet';
import { scoresSvg } from './scores-svg';
import { DEFAULT_WAY } from './search-params';
import { useMetricName } from './use-metric-name';
import { useAskScores, useScoresQuestion, useScoresSearch } from './use-scores';

/** What the scores were computed over, picture or table, and saving them. */
export function ScoreBar({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const { table, by = DEFAULT_WAY } = useScoresSearch();
  const ask = useAskScores();
  const broken = useQuery(scoresQuery({ ...useScoresQuestion(), by })).data;
  const nameOf = useMetricName();
  const { name: metric } = answer.metric;
  const drawing = () => scoresSvg({ answer, metric: nameOf(metric), tokens, format, t });
  return (
    <AnswerBar
      over={answer.over}
      save={{
        png: () => void savePng(`vivencia-${metric}.png`, drawing()),
        svg: () => void saveSvg(`vivencia-${metric}.svg`, drawing()),
        sheet: () => scoresSheet(answer, broken),
      }}
      isTable={table ?? false}
      onTable={(isTable) => ask({ table: isTable ? true : undefined }, { replace: true })}
    />
  );
}

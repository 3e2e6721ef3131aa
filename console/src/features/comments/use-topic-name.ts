import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { topicsQuery } from '@/features/topics/queries';
import { useFormat } from '@/ui/use-format';

/** What a topic is called: as the organisation calls it, and until that is known as the program does. */
export function useTopicName(): (topic: string) => string {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data } = useQuery(topicsQuery);
  const names: Record<string, string> = t('comments.topics', { returnObjects: true });
  return useCallback(
    (topic: string) => {
      const known = data?.topics.find(({ id }) => id === topic)?.name;
      const called = language === 'es' ? known?.es : known?.en;
      return called || names[topic] || topic.replaceAll('_', ' ');
    },
    [data, language, names],
  );
}

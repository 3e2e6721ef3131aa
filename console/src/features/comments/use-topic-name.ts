import { useTranslation } from 'react-i18next';

/** What a topic is called; one that the organisation has added is called as it is. */
export function useTopicName(): (topic: string) => string {
  const { t } = useTranslation();
  const names: Record<string, string> = t('comments.topics', { returnObjects: true });
  return (topic) => names[topic] ?? topic.replaceAll('_', ' ');
}

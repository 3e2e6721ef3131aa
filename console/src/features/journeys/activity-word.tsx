import { useTranslation } from 'react-i18next';
import { Phrase } from '@/ui/phrase-choice';
import { ActivityChoice } from './activity-choice';

/** The name of an activity in the sentence, which opens a list of all of them. */
export function ActivityWord({
  activity,
  placeholder,
  onChoose,
}: {
  activity?: string;
  placeholder?: string;
  onChoose: (activity: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Phrase
      text={activity ?? placeholder ?? ''}
      label={t('journeys.sentence.choose')}
      isMissing={activity === undefined}
    >
      {(close) => (
        <ActivityChoice
          onChoose={(chosen) => {
            onChoose(chosen);
            close();
          }}
        />
      )}
    </Phrase>
  );
}

import { useTranslation } from 'react-i18next';
import { Phrase } from '@/ui/phrase-choice';
import { ActivityChoice } from './activity-choice';

/** The name of an activity in the sentence, which opens a list of all of them. */
export function ActivityWord({
  activity,
  label,
  placeholder,
  anyText,
  onAny,
  onChoose,
}: {
  activity?: string;
  /** What the activity is for, where the sentence has several. */
  label?: string;
  placeholder?: string;
  /** What any activity is called here. */
  anyText?: string;
  /** Where any activity will do. */
  onAny?: () => void;
  onChoose: (activity: string) => void;
}) {
  const { t } = useTranslation();
  const any = anyText ?? t('journeys.sentence.anything');
  return (
    <Phrase
      text={activity ?? (onAny ? any : (placeholder ?? ''))}
      label={label ?? t('journeys.sentence.choose')}
      isMissing={activity === undefined && onAny === undefined}
    >
      {(close) => (
        <ActivityChoice
          anyText={any}
          onAny={
            onAny &&
            (() => {
              onAny();
              close();
            })
          }
          onChoose={(chosen) => {
            onChoose(chosen);
            close();
          }}
        />
      )}
    </Phrase>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import phrase from '@/ui/phrase-choice.module.css';

/** Words that most questions leave as they are: hidden until somebody asks for them, or one of them says otherwise. */
export function MoreWords({ isUsual, children }: { isUsual: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!isUsual || isOpen) return children;
  return (
    <button
      type="button"
      className={`${phrase.word} ${phrase.missing}`}
      aria-expanded={false}
      onClick={() => setOpen(true)}
      data-look="more"
    >
      {t('journeys.sentence.more')}
    </button>
  );
}

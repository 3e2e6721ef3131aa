import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageNonce } from '@/app/nonce';
import { useLanguageName } from './language-name';
import { framedPage, readFrameMessage } from './preview-page';
import classes from './surveys.module.css';
import type { SurveyPreview } from './use-check';

type Paper = 'light' | 'dark';

/** The survey as a customer sees it on a telephone: the server's own page, in a frame that can reach nothing. */
export function Preview({
  preview,
  languages,
  language,
  onLanguage,
  begin,
}: {
  preview: SurveyPreview | null | undefined;
  languages: readonly string[];
  language: string;
  onLanguage: (language: string) => void;
  /** The question that it begins with; the first one unless told. */
  begin?: string;
}) {
  const { t } = useTranslation();
  const nameOf = useLanguageName();
  const frame = useRef<HTMLIFrameElement>(null);
  const [paper, setPaper] = useState<Paper>('light');
  const [isThanked, setThanked] = useState(false);
  useEffect(() => {
    const handle = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message?.state === 'answered') setThanked(true);
      if (message?.state === 'language') onLanguage(message.language);
    };
    window.addEventListener('message', handle);
    return () => window.removeEventListener('message', handle);
  }, [onLanguage]);
  return (
    <section className={classes.preview} aria-label={t('surveys.preview.title')}>
      <div className={classes.previewBar}>
        {languages.length > 1 && languages.length < 5 && (
          <SegmentedControl
            size="xs"
            aria-label={t('surveys.preview.language')}
            value={language}
            onChange={onLanguage}
            data={languages.map((code) => ({ value: code, label: nameOf(code) }))}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('surveys.preview.paper')}
          value={paper}
          onChange={(chosen) => setPaper(chosen === 'dark' ? 'dark' : 'light')}
          data={[
            { value: 'light', label: t('surveys.preview.light') },
            { value: 'dark', label: t('surveys.preview.dark') },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('surveys.preview.which')}
          value={isThanked ? 'thanks' : 'page'}
          onChange={(chosen) => setThanked(chosen === 'thanks')}
          data={[
            { value: 'page', label: t('surveys.preview.questions') },
            { value: 'thanks', label: t('surveys.preview.thanks') },
          ]}
        />
      </div>
      <div className={classes.phone} data-paper={paper}>
        {preview ? (
          <iframe
            ref={frame}
            title={t('surveys.preview.title')}
            sandbox="allow-scripts allow-forms"
            srcDoc={framedPage(isThanked ? preview.thanks : preview.page, preview.style, pageNonce(), begin)}
            className={classes.frame}
            style={{ colorScheme: paper }}
            data-look="preview"
          />
        ) : (
          <p className={`muted ${classes.noPreview}`}>{t('surveys.preview.none')}</p>
        )}
      </div>
      <p className="small">{t('surveys.preview.say')}</p>
    </section>
  );
}

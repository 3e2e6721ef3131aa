import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Survey } from '@/api/client';
import { CopyText } from '@/ui/states';
import { SITE_MODES, type SiteMode, siteSnippet } from './site-snippet';
import classes from './surveys.module.css';

/** How a site shows the survey, for whoever writes the site. */
export function SiteCode({ survey, about }: { survey: Survey; about: { touchpoint?: string; unit?: string } }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<SiteMode>('popover');
  const snippet = siteSnippet(survey.link, mode, about);
  return (
    <section className={classes.site}>
      <div className={classes.siteHead}>
        <h3>{t('surveys.site.title')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('surveys.site.mode')}
          value={mode}
          onChange={(chosen) => setMode(SITE_MODES.find((each) => each === chosen) ?? 'popover')}
          data={SITE_MODES.map((value) => ({ value, label: t(`surveys.site.modes.${value}`) }))}
        />
      </div>
      <pre className={classes.snippet}>
        <code>{snippet}</code>
      </pre>
      <div>
        <CopyText text={snippet} label={t('surveys.site.copy')} />
      </div>
      <p className="small">{t('surveys.site.say')}</p>
    </section>
  );
}

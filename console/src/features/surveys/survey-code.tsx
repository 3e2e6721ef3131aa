import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Survey } from '@/api/client';
import { pageNonce } from '@/app/nonce';
import listening from '@/features/listening/listening.module.css';
import { stateOf } from '@/features/listening/survey';
import { unitsQuery } from '@/features/organisation/queries';
import { Icon } from '@/ui/icons';
import { saveBlob } from '@/ui/save';
import { CopyText, LoadingBlock, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { languagesOf, textIn } from './document';
import { useLanguageName } from './language-name';
import { cardWords, openLink } from './open-link';
import { codeQuery } from './queries';
import { SiteCode } from './site-code';
import classes from './surveys.module.css';

/** A6, for a counter or a door, while the card is on the page; style sheets have no word for A6. */
const CARD_PAPER = '@page { size: 105mm 148mm; margin: 8mm; }';

/** The open link with what its answers are about, as an address and as a code to print. */
export function SurveyCode({ survey, title }: { survey: Survey; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useLanguageName();
  const units = useQuery(unitsQuery).data?.units.filter((unit) => unit.is_in_tree) ?? [];
  const languages = languagesOf(survey.definition);
  const [touchpoint, setTouchpoint] = useState('');
  const [unit, setUnit] = useState('');
  const [language, setLanguage] = useState(
    languages.find((code) => code.startsWith(format.language)) ?? languages[0] ?? format.language,
  );
  const [asked] = useDebouncedValue(touchpoint.trim(), 300);
  const isWritten = /^[^:]+:.+$/.test(asked);
  const about = { ...(isWritten ? { touchpoint: asked } : {}), ...(unit === '' ? {} : { unit }) };
  const code = useQuery({ ...codeQuery(survey.id, about), placeholderData: keepPreviousData });
  const link = openLink(survey.link, about);
  const picture = code.data === undefined ? null : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(code.data)}`;
  const place = units.find(({ name }) => name === unit)?.label;
  const state = stateOf(survey.state);
  const card = picture && (
    <div className={classes.cardFace} lang={language}>
      <p className={classes.cardTitle}>{textIn((survey.definition as { title?: unknown }).title, language) || title}</p>
      <img src={picture} alt={t('surveys.code.alt', { title })} />
      <p>{cardWords(language)}</p>
      {place && <p className={classes.cardPlace}>{place}</p>}
    </div>
  );
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.links.open')}</h2>
      <p className="muted">{t('surveys.code.say')}</p>
      {state !== 'open' && (
        <p className={classes.notice} role="note">
          {t(`surveys.code.${state === 'draft' ? 'isDraft' : 'isClosed'}`)}
        </p>
      )}
      <div className={classes.codeBody}>
        <div className={classes.fields}>
          <TextInput
            label={t('surveys.code.touchpoint')}
            description={t('surveys.code.touchpointSay')}
            placeholder="shop:Visit"
            value={touchpoint}
            error={asked !== '' && !isWritten ? t('surveys.code.touchpointWrong') : undefined}
            onChange={(event) => setTouchpoint(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('surveys.code.unit')}
            description={units.length === 0 ? t('surveys.code.noUnits') : undefined}
            disabled={units.length === 0}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
            data={[
              { value: '', label: t('surveys.code.noUnit') },
              ...units.map(({ name, label }) => ({ value: name, label })),
            ]}
          />
          {languages.length > 1 && (
            <NativeSelect
              label={t('surveys.code.language')}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value)}
              data={languages.map((each) => ({ value: each, label: nameOf(each) }))}
            />
          )}
          <div className={listening.address}>
            <code>{link}</code>
            <CopyText text={link} label={t('listening.surveys.copyLink')} />
          </div>
        </div>
        <div>
          {code.isError ? (
            <ProblemState error={code.error} onRetry={() => void code.refetch()} />
          ) : (
            (card ?? <LoadingBlock height={320} />)
          )}
          <div className={classes.buttons}>
            <Button variant="default" disabled={!picture} onClick={() => window.print()}>
              {t('surveys.code.print')}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="download" size={14} />}
              disabled={code.data === undefined}
              onClick={() =>
                saveBlob(
                  `${[survey.name, unit].filter(Boolean).join('-')}.svg`,
                  new Blob([code.data ?? ''], { type: 'image/svg+xml' }),
                )
              }
            >
              SVG
            </Button>
          </div>
        </div>
      </div>
      <SiteCode survey={survey} about={about} />
      {createPortal(
        <div className={classes.sheet}>
          <style nonce={pageNonce()}>{CARD_PAPER}</style>
          {card}
        </div>,
        document.body,
      )}
    </section>
  );
}

import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { useFormat } from '@/ui/use-format';
import {
  addLanguage,
  idOf,
  isObject,
  type Json,
  type Place,
  placeText,
  questionsOf,
  removeLanguage,
  textIn,
  valueAt,
  withValue,
} from './document';
import classes from './editor.module.css';
import { useEditing, useProblemAt } from './editor-context';
import { instantOf, localOf } from './instants';
import { useLanguageName } from './language-name';
import { useProblemWords } from './problems';
import { TextsField } from './texts-field';
import type { SurveyPreview } from './use-check';

/** What the survey is called, in which languages, and what stands around the questions. */
export function General({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const kind = valueAt(file, ['kind']);
  const name = valueAt(file, ['name']);
  const wrongName = problemAt(['name']);
  const repeatDays = valueAt(file, ['repeat_days']);
  const wrongDays = problemAt(['repeat_days']);
  return (
    <section className={classes.section}>
      <h2>{t('surveys.editor.basics')}</h2>
      <TextsField place={['title']} label={t('surveys.editor.titleText')} />
      <TextsField place={['intro']} label={t('surveys.editor.intro')} isOptional />
      <TextsField place={['thanks']} label={t('surveys.editor.thanks')} />
      <Languages />
      <div className={classes.row}>
        <TextInput
          label={t('surveys.editor.name')}
          description={t(isNew ? 'surveys.editor.nameSay' : 'surveys.editor.nameKept')}
          disabled={!isNew}
          value={typeof name === 'string' ? name : ''}
          error={wrongName && name !== '' && words(wrongName, file)}
          onChange={(event) => change(withValue(file, ['name'], event.currentTarget.value), '$.name')}
        />
        <NativeSelect
          label={t('surveys.editor.kind')}
          value={typeof kind === 'string' ? kind : ''}
          onChange={(event) => change(withValue(file, ['kind'], event.currentTarget.value))}
          data={(['transactional', 'relational'] as const).map((value) => ({
            value,
            label: t(`surveys.editor.kinds.${value}`),
          }))}
        />
      </div>
      <NumberInput
        label={t('surveys.editor.repeatDays')}
        description={t('surveys.editor.repeatDaysSay')}
        min={0}
        max={730}
        maw={420}
        value={typeof repeatDays === 'number' ? repeatDays : 7}
        error={wrongDays && words(wrongDays)}
        onChange={(value) =>
          change(withValue(file, ['repeat_days'], value === 7 || value === '' ? undefined : value), '$.repeat_days')
        }
      />
      <Checkbox
        label={t('surveys.editor.anonymous')}
        disabled={!isNew}
        checked={valueAt(file, ['anonymous']) === true}
        onChange={(event) => change(withValue(file, ['anonymous'], event.currentTarget.checked ? true : undefined))}
      />
    </section>
  );
}

function Languages() {
  const { t } = useTranslation();
  const { file, languages, change } = useEditing();
  const nameOf = useLanguageName();
  const [code, setCode] = useState('');
  const isCode = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code) && !languages.includes(code);
  return (
    <fieldset className={classes.texts}>
      <legend>{t('surveys.editor.languages')}</legend>
      <p className="small">{t('surveys.editor.languagesSay')}</p>
      <div className={classes.chips}>
        {languages.map((language) => (
          <span key={language} className={classes.chip}>
            {nameOf(language)}
            {languages.length > 1 && (
              <button
                type="button"
                className={classes.tool}
                aria-label={t('surveys.editor.removeLanguage', { language: nameOf(language) })}
                onClick={() => change(removeLanguage(file, language))}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </span>
        ))}
        <TextInput
          size="xs"
          aria-label={t('surveys.editor.languageCode')}
          placeholder={t('surveys.editor.languageCode')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.trim())}
        />
        <Button
          variant="default"
          size="xs"
          disabled={!isCode}
          onClick={() => {
            change(addLanguage(file, code));
            setCode('');
          }}
        >
          {t('surveys.editor.addLanguage')}
        </Button>
      </div>
    </fieldset>
  );
}

const IS_COLOUR = /^#[0-9a-fA-F]{6}$/;
const PAGE_ACCENT = '#3D4F8F';

/** Colours with their contrast, when the survey opens and closes, and how many answers are wanted. */
export function Looks({ accent }: { accent: SurveyPreview['accent'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const colour = valueAt(file, ['theme', 'accent']);
  const wrong = problemAt(['theme']);
  const setColour = (value: string) => {
    const theme = valueAt(file, ['theme']);
    const others = isObject(theme) ? Object.keys(theme).filter((member) => member !== 'accent') : [];
    const place: Place = value === '' && others.length === 0 ? ['theme'] : ['theme', 'accent'];
    change(withValue(file, place, value === '' ? undefined : value), '$.theme.accent');
  };
  const text = typeof colour === 'string' ? colour : '';
  return (
    <section className={classes.section}>
      <h2>{t('surveys.editor.looks')}</h2>
      <div className={classes.accent}>
        <TextInput
          label={t('surveys.editor.accent')}
          description={t('surveys.editor.accentSay')}
          value={text}
          error={wrong && words(wrong)}
          onChange={(event) => setColour(event.currentTarget.value.trim())}
        />
        <input
          type="color"
          className={classes.colour}
          aria-label={t('surveys.editor.accentPick')}
          value={IS_COLOUR.test(text) ? text.toLowerCase() : PAGE_ACCENT.toLowerCase()}
          onChange={(event) => setColour(event.currentTarget.value.toUpperCase())}
        />
      </div>
      {accent && (
        <p className="small">
          {t('surveys.editor.contrast', {
            light: format.number(accent.light_contrast, 1),
            lightColour: accent.light,
            dark: format.number(accent.dark_contrast, 1),
            darkColour: accent.dark,
          })}
        </p>
      )}
      <div className={classes.row}>
        {(['opens_at', 'closes_at'] as const).map((member) => {
          const problem = problemAt([member]);
          const value = valueAt(file, [member]);
          return (
            <TextInput
              key={member}
              type="datetime-local"
              label={t(member === 'opens_at' ? 'surveys.editor.opensAt' : 'surveys.editor.closesAt')}
              description={t('surveys.editor.instantSay', { zone: format.timeZone })}
              value={typeof value === 'string' ? localOf(value, format.timeZone) : ''}
              error={problem && words(problem)}
              onChange={(event) =>
                change(withValue(file, [member], instantOf(event.currentTarget.value, format.timeZone)), member)
              }
            />
          );
        })}
      </div>
      <Quotas />
    </section>
  );
}

function Quotas() {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const list = valueAt(file, ['quotas']);
  const quotas: Json[] = Array.isArray(list) ? list : [];
  const choices = questionsOf(file).flatMap((question) =>
    (Array.isArray(question.choices) ? question.choices.filter(isObject) : []).map((choice) => ({
      value: JSON.stringify([idOf(question), idOf(choice)]),
      label: `${textIn(question.text, language) || idOf(question)}: ${textIn(choice.text, language) || idOf(choice)}`,
    })),
  );
  const write = (changed: Json[]) => change(withValue(file, ['quotas'], changed.length > 0 ? changed : undefined));
  return (
    <fieldset className={classes.texts}>
      <legend>{t('surveys.editor.quotas')}</legend>
      <p className="small">{t('surveys.editor.quotasSay')}</p>
      {quotas.map((quota, at) => {
        const of = isObject(quota) ? quota : {};
        const n = String(at + 1);
        const problem = problemAt(['quotas', at]);
        const key = typeof of.question === 'string' ? JSON.stringify([of.question, of.choice ?? null]) : '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a quota has no name but its place
          <div key={at} className={classes.rule}>
            <NumberInput
              size="xs"
              w={140}
              aria-label={`${t('surveys.editor.quotaMost')} ${n}`}
              min={1}
              value={typeof of.most === 'number' ? of.most : ''}
              error={problem && words(problem)}
              onChange={(value) =>
                change(
                  withValue(file, ['quotas', at, 'most'], typeof value === 'number' ? value : 1),
                  placeText(['quotas', at, 'most']),
                )
              }
            />
            <NativeSelect
              size="xs"
              aria-label={`${t('surveys.editor.quotaOf')} ${n}`}
              value={key}
              onChange={(event) => {
                const { question: _, choice: __, ...others } = of;
                const chosen = event.currentTarget.value;
                const [question, choice] = chosen === '' ? [] : (JSON.parse(chosen) as [string, string]);
                const changed = question === undefined ? others : { ...others, question, choice };
                write(quotas.map((each, other) => (other === at ? changed : each)));
              }}
              data={[
                { value: '', label: t('surveys.editor.quotaAll') },
                ...(key === '' || choices.some(({ value }) => value === key) ? [] : [{ value: key, label: key }]),
                ...choices,
              ]}
            />
            <Button
              variant="subtle"
              size="xs"
              aria-label={t('surveys.editor.removeQuota', { n })}
              onClick={() => write(quotas.filter((_, other) => other !== at))}
            >
              {t('surveys.editor.removeRule')}
            </Button>
          </div>
        );
      })}
      <Button variant="subtle" size="xs" className={classes.add} onClick={() => write([...quotas, { most: 100 }])}>
        {t('surveys.editor.addQuota')}
      </Button>
    </fieldset>
  );
}

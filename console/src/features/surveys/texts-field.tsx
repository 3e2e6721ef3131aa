import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownText, type Place, placeText, valueAt, withText } from './document';
import classes from './editor.module.css';
import { useEditing, useProblemAt } from './editor-context';
import { useLanguageName } from './language-name';
import { useProblemWords } from './problems';

/** A text in every language of the survey, side by side. */
export function TextsField({
  place,
  label,
  isOptional = false,
}: {
  place: Place;
  label: string;
  isOptional?: boolean;
}) {
  const { t } = useTranslation();
  const { file, languages, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const nameOf = useLanguageName();
  const texts = valueAt(file, place);
  // Nobody is told that something is missing before they were there.
  const [left, setLeft] = useState<readonly string[]>([]);
  return (
    <fieldset className={classes.texts}>
      <legend>
        {label} {isOptional && <span className="muted">{t('surveys.editor.optional')}</span>}
      </legend>
      <div className={classes.languages}>
        {languages.map((language) => {
          const problem = problemAt([...place, language]) ?? (texts === undefined ? problemAt(place) : undefined);
          return (
            <Textarea
              key={language}
              data-place={placeText([...place, language])}
              label={nameOf(language)}
              aria-label={`${label}: ${nameOf(language)}`}
              lang={language}
              autosize
              minRows={1}
              maxRows={8}
              value={ownText(texts, language)}
              error={problem && (ownText(texts, language) !== '' || left.includes(language)) && words(problem, file)}
              onBlur={() => setLeft((before) => (before.includes(language) ? before : [...before, language]))}
              onChange={(event) =>
                change(
                  withText(file, place, language, event.currentTarget.value, isOptional),
                  `${placeText(place)}.${language}`,
                )
              }
            />
          );
        })}
      </div>
    </fieldset>
  );
}

import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConditionField } from './condition-field';
import {
  addChoice,
  idOf,
  isObject,
  type Json,
  type JsonObject,
  moved,
  type Place,
  placeText,
  QUESTION_TYPES,
  type QuestionType,
  questionsOf,
  renameQuestion,
  typeOf,
  valueAt,
  withType,
  withValue,
} from './document';
import classes from './editor.module.css';
import { useEditing, useProblemAt } from './editor-context';
import { useProblemWords } from './problems';
import { Skips } from './skips';
import { TextsField } from './texts-field';

/** All of one question. */
export function QuestionEditor({ at, question }: { at: number; question: JsonObject }) {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const place: Place = ['questions', at];
  const type = typeOf(question);
  const isScale = type === 'nps' || type === 'csat' || type === 'ces' || type === 'rating';
  const set = (member: string, value: Json | undefined, isTyped = false) =>
    change(withValue(file, [...place, member], value), isTyped ? placeText([...place, member]) : undefined);
  const wrong = (member: string) => {
    const problem = problemAt([...place, member]);
    return problem && words(problem);
  };
  const earlier = questionsOf(file).slice(0, at);
  return (
    <div className={classes.body}>
      <TextsField place={[...place, 'text']} label={t('surveys.editor.text')} />
      <div className={classes.row}>
        <NativeSelect
          label={t('surveys.editor.type')}
          value={type ?? ''}
          error={wrong('type')}
          onChange={(event) => change(withType(file, at, event.currentTarget.value as QuestionType))}
          data={[
            ...(type === null ? [{ value: '', label: String(question.type) }] : []),
            ...QUESTION_TYPES.map((value) => ({ value, label: t(`surveys.types.${value}`) })),
          ]}
        />
        <TextInput
          label={t('surveys.editor.key')}
          description={t('surveys.editor.keySay')}
          value={idOf(question)}
          error={wrong('id')}
          onChange={(event) => change(renameQuestion(file, at, event.currentTarget.value), placeText([...place, 'id']))}
        />
      </div>
      <Checkbox
        label={t('surveys.editor.isRequired')}
        checked={question.required === true}
        onChange={(event) => set('required', event.currentTarget.checked ? true : undefined)}
      />
      <TextsField place={[...place, 'help']} label={t('surveys.editor.help')} isOptional />
      {isScale && (
        <>
          <TextsField place={[...place, 'low']} label={t('surveys.editor.low')} isOptional />
          <TextsField place={[...place, 'high']} label={t('surveys.editor.high')} isOptional />
        </>
      )}
      {type === 'csat' && (
        <Checkbox
          label={t('surveys.editor.faces')}
          checked={question.faces === true}
          onChange={(event) => set('faces', event.currentTarget.checked ? true : undefined)}
        />
      )}
      {type === 'rating' && (
        <NumberInput
          label={t('surveys.editor.stars')}
          min={3}
          max={10}
          w={180}
          value={typeof question.stars === 'number' ? question.stars : 5}
          error={wrong('stars')}
          onChange={(value) => typeof value === 'number' && set('stars', value, true)}
        />
      )}
      {type === 'rating' && (
        <Checkbox
          label={t('surveys.editor.reversed')}
          checked={question.reversed === true}
          onChange={(event) => set('reversed', event.currentTarget.checked ? true : undefined)}
        />
      )}
      {(type === 'choice' || type === 'choices') && <Choices at={at} />}
      {type === 'choices' && (
        <NumberInput
          label={t('surveys.editor.most')}
          min={1}
          max={50}
          w={280}
          value={typeof question.most === 'number' ? question.most : ''}
          error={wrong('most')}
          onChange={(value) => set('most', typeof value === 'number' ? value : undefined, true)}
        />
      )}
      {type === 'expectation' &&
        (['better', 'as', 'worse'] as const).map((word) => (
          <TextsField key={word} place={[...place, word]} label={t(`surveys.editor.${word}`)} isOptional />
        ))}
      {type === 'consent' && (
        <TextInput
          label={t('surveys.editor.purpose')}
          value={typeof question.purpose === 'string' ? question.purpose : ''}
          error={wrong('purpose')}
          onChange={(event) => set('purpose', event.currentTarget.value || undefined, true)}
        />
      )}
      <details className={classes.logic} open={question.show_when !== undefined || question.skip !== undefined}>
        <summary>{t('surveys.editor.logic')}</summary>
        <div className={classes.body}>
          {(earlier.length > 0 || question.show_when !== undefined) && (
            <ConditionField
              label={t('surveys.editor.showWhen')}
              condition={question.show_when}
              questions={earlier}
              onChange={(condition) => set('show_when', condition)}
            />
          )}
          <Skips at={at} question={question} />
        </div>
      </details>
    </div>
  );
}

function Choices({ at }: { at: number }) {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const place: Place = ['questions', at, 'choices'];
  const list = valueAt(file, place);
  const choices = Array.isArray(list) ? list : [];
  const problem = problemAt(place);
  const ofAll = problem && problem.place === placeText(place) ? words(problem) : null;
  return (
    <section className={classes.choices} aria-label={t('surveys.editor.choices')}>
      <h3>{t('surveys.editor.choices')}</h3>
      {ofAll && (
        <p className={classes.wrong} role="alert">
          {ofAll}
        </p>
      )}
      {choices.map((choice, position) => {
        const n = String(position + 1);
        const own = problemAt([...place, position, 'id']);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key of a choice is what is being typed
          <div key={position} className={classes.choice}>
            <TextsField place={[...place, position, 'text']} label={t('surveys.editor.choice', { n })} />
            <div className={classes.row}>
              <TextInput
                size="xs"
                aria-label={t('surveys.editor.choiceKey', { n })}
                value={isObject(choice) ? idOf(choice) : ''}
                error={own && words(own)}
                onChange={(event) =>
                  change(
                    withValue(file, [...place, position, 'id'], event.currentTarget.value),
                    placeText([...place, position, 'id']),
                  )
                }
              />
              <div className={classes.tools}>
                <Button
                  variant="subtle"
                  size="xs"
                  disabled={position === 0}
                  aria-label={`${t('surveys.editor.choice', { n })} ↑`}
                  onClick={() => change(withValue(file, place, moved(choices, position, position - 1)))}
                >
                  ↑
                </Button>
                <Button
                  variant="subtle"
                  size="xs"
                  disabled={position === choices.length - 1}
                  aria-label={`${t('surveys.editor.choice', { n })} ↓`}
                  onClick={() => change(withValue(file, place, moved(choices, position, position + 1)))}
                >
                  ↓
                </Button>
                <Button
                  variant="subtle"
                  size="xs"
                  aria-label={t('surveys.editor.removeChoice', { n })}
                  onClick={() => change(withValue(file, [...place, position], undefined))}
                >
                  {t('surveys.editor.removeRule')}
                </Button>
              </div>
            </div>
          </div>
        );
      })}
      <Button variant="default" size="xs" className={classes.add} onClick={() => change(addChoice(file, at))}>
        {t('surveys.editor.addChoice')}
      </Button>
    </section>
  );
}

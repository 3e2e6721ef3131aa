import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { Phrase } from '@/ui/phrase-choice';
import { Answer, LoadingLines } from '@/ui/states';
import { ActivityWord } from './activity-word';
import classes from './explorer.module.css';
import { propertiesQuery } from './queries';
import { isComparison, isNumber, OPERATORS, readStep, type StepCondition, signOf, writeStep } from './step-text';

/** A step of the funnel as words: its activity, what it asks of properties, and taking it away. */
export function StepWords({
  step,
  onChange,
  onRemove,
}: {
  step: string;
  onChange: (step: string) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { activity, conditions } = readStep(step);
  return (
    <span className={classes.step}>
      {/* Another activity has other properties: its conditions do not go along. */}
      <ActivityWord activity={activity} onChoose={onChange} />
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its position
        <span key={index} className={classes.condition}>
          <span>{t('journeys.conditions.with')}</span>
          <Phrase
            label={t('journeys.conditions.change')}
            text={`${condition.property} ${signOf(condition.operator)} ${condition.value}`}
          >
            {(close) => (
              <ConditionForm
                activity={activity}
                condition={condition}
                onChoose={(chosen) => {
                  onChange(writeStep({ activity, conditions: conditions.with(index, chosen) }));
                  close();
                }}
                onRemove={() => {
                  onChange(writeStep({ activity, conditions: conditions.toSpliced(index, 1) }));
                  close();
                }}
              />
            )}
          </Phrase>
        </span>
      ))}
      <AddCondition
        activity={activity}
        onAdd={(condition) => onChange(writeStep({ activity, conditions: [...conditions, condition] }))}
      />
      <button
        type="button"
        className={classes.remove}
        aria-label={t('journeys.sentence.removeStep', { activity })}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

function AddCondition({ activity, onAdd }: { activity: string; onAdd: (condition: StepCondition) => void }) {
  const { t } = useTranslation();
  return (
    <Phrase
      label={t('journeys.conditions.add', { activity })}
      text={<Icon name="filter" size={12} />}
      className={classes.remove}
      look="condition"
    >
      {(close) => (
        <ConditionForm
          activity={activity}
          onChoose={(chosen) => {
            onAdd(chosen);
            close();
          }}
        />
      )}
    </Phrase>
  );
}

const SCALAR = new Set(['number', 'text', 'boolean']);

/** A property of the activity, how it stands to a value, and the value. */
function ConditionForm({
  activity,
  condition,
  onChoose,
  onRemove,
}: {
  activity: string;
  condition?: StepCondition;
  onChoose: (condition: StepCondition) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const query = useQuery(propertiesQuery(activity));
  const [property, setProperty] = useState(condition?.property ?? null);
  const [operator, setOperator] = useState(condition?.operator ?? '=');
  const [value, setValue] = useState(condition?.value ?? '');
  const isWrong = isComparison(operator) && value.trim() !== '' && !isNumber(value.trim());
  const isReady = property !== null && value.trim() !== '' && !isWrong;
  return (
    <Answer query={query} loading={<LoadingLines lines={3} />}>
      {({ properties }) => {
        // Lists and objects have no value that could be asked for.
        const names = new Set(
          properties.filter(({ types }) => types.some(({ type }) => SCALAR.has(type))).map(({ name }) => name),
        );
        if (condition) names.add(condition.property);
        return (
          <form
            className={classes['condition-form']}
            onSubmit={(event) => {
              event.preventDefault();
              if (isReady) onChoose({ property, operator, value: value.trim() });
            }}
          >
            <Select
              size="xs"
              label={t('journeys.conditions.property')}
              placeholder={t('journeys.conditions.pick')}
              nothingFoundMessage={t('journeys.conditions.none')}
              searchable
              data-autofocus
              data={[...names].sort()}
              value={property}
              onChange={setProperty}
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              size="xs"
              label={t('journeys.conditions.operator')}
              allowDeselect={false}
              data={OPERATORS.map((each) => ({ value: each, label: t(`journeys.conditions.operators.${each}`) }))}
              value={operator}
              onChange={(chosen) => setOperator(chosen ?? '=')}
              comboboxProps={{ withinPortal: false }}
            />
            <TextInput
              size="xs"
              label={t('journeys.conditions.value')}
              value={value}
              error={isWrong ? t('journeys.conditions.notNumber') : undefined}
              inputMode={isComparison(operator) ? 'decimal' : undefined}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <p className="small">
              {t(isComparison(operator) ? 'journeys.conditions.sayNumber' : 'journeys.conditions.say')}
            </p>
            <div className={classes.actions}>
              <Button type="submit" size="xs" disabled={!isReady}>
                {t('journeys.conditions.set')}
              </Button>
              {onRemove && (
                <Button variant="default" size="xs" onClick={onRemove}>
                  {t('journeys.conditions.remove')}
                </Button>
              )}
            </div>
          </form>
        );
      }}
    </Answer>
  );
}

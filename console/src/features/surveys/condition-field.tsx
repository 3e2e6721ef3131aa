import { Button, MultiSelect, NativeSelect, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { idOf, isObject, type Json, type JsonObject, textIn } from './document';
import classes from './editor.module.css';
import {
  type Comparison,
  comparisonsOf,
  newRule,
  type Rule,
  type Rules,
  readRules,
  valueFor,
  wordsOf,
  writeRules,
} from './rule';

/** A condition over some questions; one that says more than this editor knows is shown as the file spells it. */
export function ConditionField({
  condition,
  questions,
  label,
  onChange,
}: {
  condition: Json | undefined;
  /** Those that it may speak of. */
  questions: readonly JsonObject[];
  label: string;
  onChange: (condition: JsonObject | undefined) => void;
}) {
  const { t } = useTranslation();
  const read = readRules(condition);
  if (read === null)
    return (
      <div className={classes.rules}>
        <h3>{label}</h3>
        <pre className={classes.raw}>{JSON.stringify(condition, null, 2)}</pre>
        <p className="small">{t('surveys.editor.rawCondition')}</p>
      </div>
    );
  const write = (rules: Rules) => onChange(writeRules(rules));
  const [first] = questions;
  return (
    <div className={classes.rules}>
      <h3>{label}</h3>
      {read.rules.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('surveys.editor.join')}
          value={read.join}
          onChange={(event) => write({ ...read, join: event.currentTarget.value === 'any' ? 'any' : 'all' })}
          data={(['all', 'any'] as const).map((value) => ({ value, label: t(`surveys.editor.joins.${value}`) }))}
        />
      )}
      {read.rules.map((rule, at) => (
        <OneRule
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place
          key={at}
          rule={rule}
          questions={questions}
          onChange={(changed) =>
            write({
              ...read,
              rules: changed
                ? read.rules.map((each, other) => (other === at ? changed : each))
                : read.rules.filter((_, other) => other !== at),
            })
          }
        />
      ))}
      {first && (
        <Button
          variant="subtle"
          size="xs"
          className={classes.add}
          onClick={() => write({ ...read, rules: [...read.rules, newRule(questions.at(-1) ?? first)] })}
        >
          {t('surveys.editor.addRule')}
        </Button>
      )}
    </div>
  );
}

function OneRule({
  rule,
  questions,
  onChange,
}: {
  rule: Rule;
  questions: readonly JsonObject[];
  onChange: (rule: Rule | null) => void;
}) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const question = questions.find((each) => idOf(each) === rule.question);
  const choices = question && Array.isArray(question.choices) ? question.choices.filter(isObject) : [];
  const wordText = (word: string) => {
    if (word === 'better' || word === 'as' || word === 'worse' || word === 'yes' || word === 'no')
      return t(`surveys.words.${word}`);
    return textIn(choices.find((choice) => idOf(choice) === word)?.text, language) || word;
  };
  const comparisons = comparisonsOf(question);
  const known = comparisons.includes(rule.comparison) ? comparisons : [...comparisons, rule.comparison];
  return (
    <div className={classes.rule}>
      <NativeSelect
        size="xs"
        aria-label={t('surveys.editor.ruleQuestion')}
        value={rule.question}
        onChange={(event) => {
          const chosen = questions.find((each) => idOf(each) === event.currentTarget.value);
          if (chosen) onChange(newRule(chosen));
        }}
        data={[
          ...(question ? [] : [{ value: rule.question, label: rule.question }]),
          ...questions.map((each) => ({
            value: idOf(each),
            label: shortened(textIn(each.text, language) || idOf(each)),
          })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('surveys.editor.ruleComparison')}
        value={rule.comparison}
        onChange={(event) => {
          const comparison = event.currentTarget.value as Comparison;
          onChange({ ...rule, comparison, value: valueFor(question, comparison) });
        }}
        data={known.map((value) => ({ value, label: t(`surveys.editor.comparisons.${value}`) }))}
      />
      {(rule.comparison === 'at_least' || rule.comparison === 'at_most') && (
        <NumberInput
          size="xs"
          w={76}
          aria-label={t('surveys.editor.ruleValue')}
          min={0}
          max={10}
          value={typeof rule.value === 'number' ? rule.value : 0}
          onChange={(value) => typeof value === 'number' && onChange({ ...rule, value })}
        />
      )}
      {rule.comparison === 'is' && (
        <MultiSelect
          size="xs"
          aria-label={t('surveys.editor.ruleValue')}
          value={Array.isArray(rule.value) ? rule.value : []}
          onChange={(value) => value.length > 0 && onChange({ ...rule, value })}
          data={wordsOf(question).map((value) => ({ value, label: wordText(value) }))}
        />
      )}
      <Button variant="subtle" size="xs" onClick={() => onChange(null)}>
        {t('surveys.editor.removeRule')}
      </Button>
    </div>
  );
}

const LONGEST = 60;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

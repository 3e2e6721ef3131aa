import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Driver, Drivers, DriverVariable } from '@/api/client';
import { type Format, useFormat } from '@/ui/use-format';
import { perUnit } from './drivers';
import { SHIPPED_METRICS } from './search-params';

const OF_QUESTIONS = 'answer.';
const OTHER = '(other)';
const UNITS = ['points', 'yes', 'times', 'minutes'] as const;

/** How a variable is called. */
export function variableText({ kind, name, value }: DriverVariable, t: TFunction): string {
  if (kind === 'channel_changes') return t('listening.drivers.kinds.channel_changes');
  if (kind === 'topic') {
    const topics: Record<string, string> = t('listening.drivers.topics', { returnObjects: true });
    const tone = value === 'positive' ? 'positive' : 'negative';
    return t(`listening.drivers.kinds.${tone}`, { name: topics[name] ?? name });
  }
  const metric = SHIPPED_METRICS.find((each) => each === name);
  const called = metric ? t(`listening.metrics.${metric}`) : name.replace(OF_QUESTIONS, '');
  if (kind === 'choice') {
    const expected = name === 'expectation' && (value === 'better' || value === 'worse') ? value : undefined;
    if (expected)
      return t('listening.drivers.kinds.choice', {
        name: t('listening.drivers.expectation.name'),
        value: t(`listening.drivers.expectation.${expected}`),
      });
    return t('listening.drivers.kinds.choice', {
      name: called,
      value: value === OTHER ? t('listening.drivers.others') : (value ?? ''),
    });
  }
  const known = (['score', 'property', 'wait', 'error', 'contact', 'broken_promise'] as const).find(
    (it) => it === kind,
  );
  return t(`listening.drivers.kinds.${known ?? 'property'}`, { name: called });
}

/** A change of the outcome, with its sign and two digits that say something. */
export function changeText(change: number, outcome: Drivers['outcome'], format: Format): string {
  const sign = change > 0 ? '+' : change < 0 ? '−' : '';
  const size = Math.abs(change);
  if (outcome.unit === 'money') return `${sign}${format.amount(size, outcome.currency ?? undefined)}`;
  const digits = size === 0 || size >= 10 ? 0 : Math.min(4, Math.max(1, 1 - Math.floor(Math.log10(size))));
  return `${sign}${format.number(size, digits)}`;
}

export function useDriverText(outcome: Drivers['outcome']) {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const change = (value: number) => changeText(value, outcome, format);
    const unit = outcome.unit === 'money' ? 'money' : outcome.unit === 'percentage_points' ? outcome.unit : 'points';
    const per = (driver: DriverVariable) => {
      const found = UNITS.find((each) => each === driver.unit) ?? 'points';
      return t(`listening.drivers.per.${found}`);
    };
    return {
      name: (variable: DriverVariable) => variableText(variable, t),
      change: (driver: Driver) =>
        `${t(`listening.drivers.outcome.${unit}`, { n: change(driver.coefficient * perUnit(driver)) })} ${per(driver)}`,
      /** The change without its unit, where a heading says it. */
      short: (driver: Driver) => `${change(driver.coefficient * perUnit(driver))} ${per(driver)}`,
      between: (driver: Driver) =>
        t('listening.drivers.list.between', {
          low: change(driver.low * perUnit(driver)),
          high: change(driver.high * perUnit(driver)),
        }),
    };
  }, [outcome, t, format]);
}

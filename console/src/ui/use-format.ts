import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '@/app/organisation';
import {
  formatAgo,
  formatAmount,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatMonth,
  formatNumber,
  formatRoundShare,
  formatShare,
  type MomentStyle,
} from './format';

/** Formats for the reader's language and the organisation's time zone. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = i18n.language;
  const timeZone = useTimeZone();
  return useMemo(
    () => ({
      language,
      timeZone,
      number: (value: number, digits = 0) => formatNumber(value, language, digits),
      share: (value: number) => formatShare(value, language),
      roundShare: (value: number) => formatRoundShare(value, language),
      /** A share in percentage points without a sign, where a heading says what it is. */
      points: (value: number) => formatNumber(value * 100, language, value >= 0.9995 ? 0 : 1),
      duration: (ms: number) => formatDuration(ms, language),
      money: (minor: number, currency: string) => formatMoney(minor, currency, language),
      /** An amount in whole units, of a currency where it has one. */
      amount: (value: number, currency: string | undefined) =>
        currency === undefined ? formatNumber(value, language, 2) : formatAmount(value, currency, language),
      moment: (instant: string | number, style: MomentStyle = 'dateTime') =>
        formatMoment(instant, style, language, timeZone),
      day: (day: string, withYear = true) => formatDay(day, language, withYear),
      month: (day: string) => formatMonth(day, language),
      ago: (instant: string | number) => formatAgo(instant, Date.now(), language),
    }),
    [language, timeZone],
  );
}

export type Format = ReturnType<typeof useFormat>;

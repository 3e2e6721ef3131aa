import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '@/ui/use-format';
import type { NamedFriction } from './frictions';

/** A friction in words; a wait says how long is too long where that is known. */
export function frictionName(
  { kind, about }: NamedFriction,
  longestMs: number | null,
  format: Format,
  t: TFunction,
): string {
  const [first = '', second = ''] = about;
  if (kind === 'repeated_contact')
    return about.length > 1
      ? t('journeys.frictions.kinds.repeatedReason', { reason: second })
      : t('journeys.frictions.kinds.repeated_contact', { first });
  if (kind === 'wait') {
    const longest = longestMs === null ? null : format.duration(longestMs);
    // Where events say how long customers waited, it does not matter what came next.
    if (about.length === 1)
      return longest === null
        ? t('journeys.frictions.kinds.statedWait', { first })
        : t('journeys.frictions.kinds.longStatedWait', { first, longest });
    if (longest !== null) return t('journeys.frictions.kinds.longWait', { first, second, longest });
  }
  return t(`journeys.frictions.kinds.${kind}`, { first, second });
}

export function useFrictionName(): (friction: NamedFriction, longestMs?: number | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback((friction, longestMs = null) => frictionName(friction, longestMs, format, t), [format, t]);
}

import { Popover } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { addDays, type Period } from './period';
import classes from './period-picker.module.css';

// Calendars are heavy and seldom needed: they come when the picker opens.
const PeriodChoices = lazy(() => import('./period-choices').then((module) => ({ default: module.PeriodChoices })));

export function usePeriod(): Period {
  return useSearch({ from: '__root__', select: ({ from, to }) => ({ from, to }), structuralSharing: true });
}

/** The period in words; as a part of a sentence when it is in one. */
export function usePeriodText(isPhrase = false): string {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to } = usePeriod();
  const last = to && addDays(to, -1);
  const sameYear = from?.slice(0, 4) === last?.slice(0, 4);
  const values = { from: from ? format.day(from, !(last && sameYear)) : '', last: last ? format.day(last) : '' };
  const shape = from && last ? 'between' : from ? 'from' : last ? 'until' : 'all';
  return t(isPhrase ? `frame.period.phrase.${shape}` : `frame.period.${shape}`, values);
}

/** The period of every analysis, in the address. As a chip in the bar, or as words of a sentence. */
export function PeriodPicker({ phrase }: { phrase?: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const text = usePeriodText(phrase !== undefined);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={phrase ?? classes.chip}
          onClick={() => setOpen((open) => !open)}
          aria-label={`${t('frame.period.label')}: ${text}`}
        >
          {!phrase && <Icon name="calendar" size={14} />}
          {phrase ? text : <span className={classes['chip-text']}>{text}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('frame.period.label')}>
        {isOpen && (
          <Suspense fallback={<LoadingBlock height={280} />}>
            <PeriodChoices onDone={() => setOpen(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

import { Button, Popover, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { useFormat } from '@/ui/use-format';
import { addDays, isDay, type Period, PRESETS, presetPeriod, today } from './period';
import classes from './period-picker.module.css';

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
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('frame.period.label')}>
        {isOpen && <Choices onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { timeZone } = useFormat();
  const navigate = useNavigate();
  const period = usePeriod();
  const [first, setFirst] = useState(period.from ?? '');
  const [last, setLast] = useState(period.to ? addDays(period.to, -1) : '');
  const isBackwards = isDay(first) && isDay(last) && last < first;

  function handleChoose({ from, to }: Period) {
    void navigate({ to: '.', search: (before: object) => ({ ...before, from, to }) });
    onDone();
  }

  return (
    <div className={classes.choices}>
      <ul className={classes.presets}>
        {PRESETS.map((preset) => (
          <li key={preset}>
            <button type="button" onClick={() => handleChoose(presetPeriod(preset, today(timeZone)))}>
              {t(`frame.period.presets.${preset}`)}
            </button>
          </li>
        ))}
      </ul>
      <form
        className={classes.dates}
        onSubmit={(event) => {
          event.preventDefault();
          if (isBackwards) return;
          handleChoose({ from: first || undefined, to: isDay(last) ? addDays(last, 1) : undefined });
        }}
      >
        <TextInput
          type="date"
          size="xs"
          label={t('frame.period.firstDay')}
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          size="xs"
          label={t('frame.period.lastDay')}
          value={last}
          error={isBackwards && t('frame.period.wrongOrder')}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={isBackwards}>
          {t('frame.period.apply')}
        </Button>
        <span className="small">{t('frame.period.zone', { zone: timeZone })}</span>
      </form>
    </div>
  );
}

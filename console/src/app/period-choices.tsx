import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/es';
import { DatePicker } from '@mantine/dates';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { useOrganisation } from './organisation';
import { addDays, isDay, type Period, PRESETS, presetPeriod, today } from './period';
import { usePeriod } from './period-picker';
import classes from './period-picker.module.css';

const FIRST_DAYS = { sunday: 0, monday: 1, saturday: 6 } as const;

/** The usual periods, and a calendar for any other. */
export function PeriodChoices({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { timeZone, language } = useFormat();
  const organisation = useOrganisation();
  const navigate = useNavigate();
  const { from, to } = usePeriod();
  const [range, setRange] = useState<[string | null, string | null]>([from ?? null, to ? addDays(to, -1) : null]);
  const weekStart = (['sunday', 'saturday'] as const).find((day) => day === organisation?.week_start) ?? 'monday';

  function handleChoose(period: Period) {
    void navigate({ to: '.', search: (before: object) => ({ ...before, from: period.from, to: period.to }) });
    onDone();
  }

  function handleRange([first, last]: [string | null, string | null]) {
    setRange([first, last]);
    if (isDay(first) && isDay(last)) handleChoose({ from: first, to: addDays(last, 1) });
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
      <div className={classes.calendar}>
        <DatePicker
          type="range"
          size="sm"
          allowSingleDateInRange
          hideOutsideDates
          weekendDays={[]}
          locale={language}
          firstDayOfWeek={FIRST_DAYS[weekStart]}
          value={range}
          onChange={handleRange}
          defaultDate={range[0] ?? today(timeZone)}
          ariaLabels={{
            previousMonth: t('frame.period.previousMonth'),
            nextMonth: t('frame.period.nextMonth'),
            previousYear: t('frame.period.previousYear'),
            nextYear: t('frame.period.nextYear'),
            previousDecade: t('frame.period.previousDecade'),
            nextDecade: t('frame.period.nextDecade'),
            monthLevelControl: t('frame.period.chooseMonth'),
            yearLevelControl: t('frame.period.chooseYear'),
          }}
        />
        <span className="small">
          {range[0] && !range[1] ? t('frame.period.pickLast') : t('frame.period.zone', { zone: timeZone })}
        </span>
      </div>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { LiveStatus } from '@/api/live';
import classes from './sources.module.css';

/** Says whether what is shown is of this moment. Only a change of it is spoken, never each event. */
export function LiveSign({ status, isPaused = false }: { status: LiveStatus; isPaused?: boolean }) {
  const { t } = useTranslation();
  const shown = isPaused && status === 'live' ? 'paused' : status;
  return (
    <span className={classes.live} data-status={shown} role="status">
      {t(`collect.live.status.${shown}`)}
    </span>
  );
}

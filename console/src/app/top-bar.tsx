import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, Mark } from '@/ui/icons';
import { ChannelPicker } from './channel-picker';
import classes from './frame.module.css';
import { chooseLanguage } from './language';
import { PeriodPicker } from './period-picker';
import { WhoAmI } from './who-am-i';

const Palette = lazy(() => import('./palette').then((module) => ({ default: module.Palette })));

export function TopBar({ hasPeriod, hasChannels }: { hasPeriod: boolean; hasChannels: boolean }) {
  const { t, i18n } = useTranslation();
  const [openings, setOpenings] = useState(0);
  const open = () => setOpenings((count) => count + 1);
  useHotkeys([['mod+K', open]], []);
  const other = i18n.language === 'es' ? 'en' : 'es';
  return (
    <header className={classes.top}>
      <span className={classes['small-brand']}>
        <Mark />
      </span>
      {hasPeriod && <PeriodPicker />}
      {hasChannels && <ChannelPicker />}
      <span className={classes.space} />
      <button type="button" className={classes.search} onClick={open} aria-label={t('frame.palette.open')}>
        <Icon name="search" size={14} />
        <span className={classes['search-text']}>{t('frame.palette.open')}</span>
        <span className={classes.kbd} aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <Tooltip label={t(`frame.languages.${other}`)}>
        <ActionIcon
          variant="default"
          size={34}
          fz={12}
          fw={500}
          lang={other}
          aria-label={t(`frame.languages.${other}`)}
          onClick={() => {
            void chooseLanguage(other).catch(() =>
              notifications.show({ color: 'red', message: i18n.t('frame.languages.unsaved') }),
            );
          }}
        >
          {i18n.language.toUpperCase()}
        </ActionIcon>
      </Tooltip>
      <ThemeSwitch />
      <WhoAmI />
      {openings > 0 && (
        <Suspense>
          <Palette openings={openings} />
        </Suspense>
      )}
    </header>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const label = t(scheme === 'light' ? 'frame.theme.toDark' : 'frame.theme.toLight');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={34}
        aria-label={label}
        onClick={() => setColorScheme(scheme === 'light' ? 'dark' : 'light')}
      >
        <Icon name={scheme === 'light' ? 'moon' : 'sun'} />
      </ActionIcon>
    </Tooltip>
  );
}

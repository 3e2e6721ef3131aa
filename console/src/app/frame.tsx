import { Outlet, useMatches } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDoor } from '@/api/session';
import { LoadingLines } from '@/ui/states';
import classes from './frame.module.css';
import { Rail } from './rail';
import { SignIn } from './sign-in';
import { TopBar } from './top-bar';

export function Frame() {
  const { t } = useTranslation();
  const door = useDoor();
  const isOutside = useMatches({ select: (matches) => matches.some((match) => match.staticData.isOutside) });
  const hasPeriod = useMatches({ select: (matches) => matches.some((match) => match.staticData.hasPeriod) });
  const hasChannels = useMatches({ select: (matches) => matches.some((match) => match.staticData.hasChannels) });
  if (isOutside)
    return (
      <Suspense>
        <Outlet />
      </Suspense>
    );
  if (door.state === 'asking') return null;
  if (door.state === 'absent') return <SignIn why={door.why} />;
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {t('frame.skip')}
      </a>
      <Rail />
      <div className={classes.body}>
        <TopBar hasPeriod={hasPeriod} hasChannels={hasChannels} />
        <main id="content" tabIndex={-1} className={classes.content}>
          <Suspense fallback={<LoadingLines />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

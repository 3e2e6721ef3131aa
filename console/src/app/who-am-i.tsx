import { Menu, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leave, useMe } from '@/api/session';
import { useRoleName } from '@/features/people/roles';
import { Icon } from '@/ui/icons';
import { queries } from './queries';
import classes from './who-am-i.module.css';

const Sessions = lazy(() =>
  import('@/features/people/my-sessions').then(({ MySessions }) => ({ default: MySessions })),
);
const Name = lazy(() => import('@/features/people/my-name').then(({ MyName }) => ({ default: MyName })));
const Password = lazy(() =>
  import('@/features/people/my-password').then(({ MyPassword }) => ({ default: MyPassword })),
);

const SCOPES = ['read', 'admin'] as const;

/** Who is here, and what is theirs: where they are signed in, their password, the way out. */
export function WhoAmI() {
  const { t } = useTranslation();
  const me = useMe();
  const roleName = useRoleName();
  const [open, setOpen] = useState<'name' | 'sessions' | 'password' | null>(null);
  if (!me) return null;
  const isPerson = me.kind === 'person';
  const close = () => setOpen(null);
  const scope = SCOPES.find((each) => each === me.scope);
  const role = me.role ? roleName(me.role) : scope ? t(`frame.me.scopes.${scope}`) : t('frame.me.commands');
  const what = me.unit_label ? `${role} · ${me.unit_label}` : role;
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="none" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={classes.me} aria-label={t('frame.me.label', { name: me.name })} data-look="me">
            {isPerson ? initials(me.name) : <Icon name="key" />}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <strong>{me.name}</strong>
            {me.email && <span className="small">{me.email}</span>}
            <span className="small">{what}</span>
          </div>
          {isPerson && (
            <>
              <Menu.Item onClick={() => setOpen('name')}>{t('frame.me.name')}</Menu.Item>
              <Menu.Item onClick={() => setOpen('sessions')}>{t('frame.me.sessions')}</Menu.Item>
              <Menu.Item onClick={() => setOpen('password')}>{t('frame.me.password')}</Menu.Item>
            </>
          )}
          <Menu.Item
            leftSection={<Icon name="leave" />}
            onClick={() => {
              void leave().then(() => queries.clear());
            }}
          >
            {t('frame.leave')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'name' && <Name name={me.name} onClose={close} />}
        {open === 'sessions' && <Sessions onClose={close} />}
        {open === 'password' && <Password onClose={close} />}
      </Suspense>
    </>
  );
}

/** The first letters of the first two words. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 2);
  return words.map((word) => [...word][0]?.toLocaleUpperCase() ?? '').join('');
}

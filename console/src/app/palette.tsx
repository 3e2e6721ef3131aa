import { Modal } from '@mantine/core';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Permission, useMay } from '@/api/session';
import { customersQuery } from '@/features/customers/queries';
import { Icon, type IconName } from '@/ui/icons';
import classes from './palette.module.css';

const PLACES = [
  { to: '/', place: 'home' },
  { to: '/customers', place: 'customers' },
  { to: '/journeys', place: 'journeys' },
  { to: '/listening', place: 'listening' },
  { to: '/listening/drivers', place: 'drivers' },
  { to: '/listening/comments', place: 'comments' },
  { to: '/listening/topics', place: 'topics', permission: 'manage_topics' },
  { to: '/listening/surveys', place: 'surveys', permission: 'read_surveys' },
  { to: '/settings/sources', place: 'sources', permission: 'manage_keys' },
  { to: '/settings/organisation', place: 'organisation', permission: 'manage_organisation' },
  { to: '/settings/people', place: 'people', permission: 'manage_people' },
] as const satisfies readonly { to: string; place: IconName; permission?: Permission }[];

const MOST_FOUND = 8;
const LEAST = 2;

/** Goes to a place or a customer by typing. Opens each time `openings` grows. */
export function Palette({ openings }: { openings: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useInfiniteQuery({ ...customersQuery(q, MOST_FOUND), enabled: q.length >= LEAST });

  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens again each time it is asked to
  useEffect(() => {
    spotlight.open();
  }, [openings]);

  const places = PLACES.filter((each) => !('permission' in each) || may(each.permission)).filter(({ place }) =>
    t(`frame.places.${place}`).toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const customers =
    q.length >= LEAST && typed.trim().length >= LEAST
      ? (found.data?.pages.flatMap((page) => page.customers) ?? [])
      : [];

  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      clearQueryOnClose
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{ search: classes.input }}
    >
      {/* What the window is called to those who do not see it. */}
      <Modal.Title className="visually-hidden">{t('frame.palette.open')}</Modal.Title>
      <Spotlight.Search
        placeholder={t('frame.palette.placeholder')}
        aria-label={t('frame.palette.open')}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {customers.length > 0 && (
          <Spotlight.ActionsGroup label={t('frame.palette.customers')}>
            {customers.map((customer) => (
              <Spotlight.Action
                key={customer.id}
                label={customer.name ?? customer.id}
                description={[
                  ...(customer.name ? [customer.id] : []),
                  ...customer.identifiers.slice(0, 3).map((known) => known.value),
                ].join(' · ')}
                leftSection={<Icon name="customers" />}
                onClick={() => void navigate({ to: '/customers/$customer', params: { customer: customer.id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label={t('frame.palette.places')}>
            {places.map(({ to, place }) => (
              <Spotlight.Action
                key={place}
                label={t(`frame.places.${place}`)}
                leftSection={<Icon name={place} />}
                onClick={() => void navigate({ to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length === 0 && customers.length === 0 && (
          <Spotlight.Empty>
            {found.isFetching ? t('frame.palette.searching') : t('frame.palette.nothing')}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import { Icon, Mark } from '@/ui/icons';
import classes from './frame.module.css';

const PLACES = [
  { to: '/', place: 'home', exact: true },
  { to: '/customers', place: 'customers', exact: false },
  { to: '/journeys', place: 'journeys', exact: false },
  { to: '/listening', place: 'listening', exact: false },
] as const;

/** The places of the work, in its order; the settings stand below. */
export function Rail() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <nav className={classes.rail} aria-label={t('frame.navigation')}>
      <Link to="/" className={classes.brand}>
        <Mark />
        Vivencia
      </Link>
      {PLACES.map(({ to, place, exact }) => (
        <Link key={place} to={to} className={classes.place} activeOptions={{ exact, includeSearch: false }}>
          <Icon name={place} />
          {t(`frame.places.${place}`)}
        </Link>
      ))}
      <span className={classes.end} />
      {may('manage_keys') && (
        <Link to="/settings/sources" className={classes.place} activeOptions={{ includeSearch: false }}>
          <Icon name="sources" />
          {t('frame.places.sources')}
        </Link>
      )}
      {may('manage_organisation') && (
        <Link to="/settings/organisation" className={classes.place} activeOptions={{ includeSearch: false }}>
          <Icon name="organisation" />
          {t('frame.places.organisation')}
        </Link>
      )}
      {may('manage_people') && (
        <Link to="/settings/people" className={classes.place} activeOptions={{ includeSearch: false }}>
          <Icon name="people" />
          {t('frame.places.people')}
        </Link>
      )}
    </nav>
  );
}

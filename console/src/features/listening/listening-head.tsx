import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import { useTitle } from '@/app/use-title';
import classes from './listening.module.css';

/** The title of the place and the ways to its pages. */
export function ListeningHead({ page }: { page: 'scores' | 'drivers' | 'comments' | 'topics' | 'surveys' }) {
  const { t } = useTranslation();
  const may = useMay();
  useTitle(`${t(`listening.pages.${page}`)} · ${t('listening.title')}`);
  return (
    <div>
      <h1>{t('listening.title')}</h1>
      <p className="muted">{t(`listening.say.${page}`)}</p>
      <nav className={classes.pages} aria-label={t('listening.title')}>
        <Link to="/listening" activeOptions={{ exact: true, includeSearch: false }} className={classes.page}>
          {t('listening.pages.scores')}
        </Link>
        <Link to="/listening/drivers" activeOptions={{ includeSearch: false }} className={classes.page}>
          {t('listening.pages.drivers')}
        </Link>
        <Link to="/listening/comments" activeOptions={{ includeSearch: false }} className={classes.page}>
          {t('listening.pages.comments')}
        </Link>
        {may('manage_topics') && (
          <Link to="/listening/topics" activeOptions={{ includeSearch: false }} className={classes.page}>
            {t('listening.pages.topics')}
          </Link>
        )}
        {may('read_surveys') && (
          <Link to="/listening/surveys" activeOptions={{ includeSearch: false }} className={classes.page}>
            {t('listening.pages.surveys')}
          </Link>
        )}
      </nav>
    </div>
  );
}

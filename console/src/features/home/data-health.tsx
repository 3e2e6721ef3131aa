import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLive } from '@/api/live';
import { LiveSign } from '@/features/collect/live-sign';
import { countsQuery } from '@/features/collect/queries';
import { Answer } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './home.module.css';

/** What arrived and what became of it: the four numbers always add up. */
export function DataHealth() {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useQuery(countsQuery);
  const live = useLive();
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('home.health')}</h2>
      <Answer query={counts}>
        {(asked) => {
          const all = live.counts ?? asked;
          return (
            <>
              <LiveSign status={live.status} />
              <table className="plain">
                <tbody>
                  {(['received', 'stored', 'duplicate', 'dead'] as const).map((count) => (
                    <tr key={count}>
                      <th scope="row">{t(`home.${count}`)}</th>
                      <td className="number">{format.number(all[count])}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {all.dead === 0 ? (
                <p className="small">{t('home.allWell')}</p>
              ) : (
                <p className="small">
                  {t('home.deadSay', { n: format.number(all.dead) })}{' '}
                  <Link to="/settings/sources" search={{ tab: 'dead' }}>
                    {t('home.seeDead')}
                  </Link>
                </p>
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Behind } from './behind';

/** Leads from an element of a picture, or of its table, to the customers behind it. */
export function BehindLink({
  behind,
  className,
  label,
  children,
}: {
  behind: Behind;
  className?: string;
  /** What it leads to, where its text alone does not say it. */
  label?: string;
  children: ReactNode;
}) {
  return (
    <Link
      from="/journeys"
      to="/journeys"
      search={(before) => ({ ...before, behind })}
      className={className}
      aria-label={label}
      preload={false}
    >
      {children}
    </Link>
  );
}

/** A number of customers in a table that leads to them; nobody is nobody to look at. */
export function CustomersCell({ behind, count, text }: { behind: Behind; count: number; text: string }) {
  const { t } = useTranslation();
  return (
    <td className="number">
      {count === 0 ? (
        text
      ) : (
        <BehindLink behind={behind} label={t('journeys.behind.see', { n: text })}>
          {text}
        </BehindLink>
      )}
    </td>
  );
}

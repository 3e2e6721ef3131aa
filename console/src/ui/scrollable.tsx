import type { ReactNode } from 'react';
import classes from './scrollable.module.css';

/** What may be wider than its place: it scrolls by itself, by keyboard too. */
export function Scrollable({
  label,
  className = '',
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={`${classes.scrollable} ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

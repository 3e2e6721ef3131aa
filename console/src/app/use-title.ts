import { useEffect } from 'react';

/** What the browser calls the page, in its tab and its history. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Vivencia`;
  }, [title]);
}

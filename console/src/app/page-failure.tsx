import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { EmptyState, ProblemState } from '@/ui/states';

export function PageFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error instanceof Problem) return <ProblemState error={error} isPage />;
  return (
    <EmptyState
      isPage
      title={t('frame.broken.title')}
      action={
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('frame.broken.reload')}
        </Button>
      }
    >
      <p>{t('frame.broken.say')}</p>
      <p>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </p>
    </EmptyState>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState isPage title={t('frame.notFound.title')} action={<Link to="/">{t('frame.notFound.home')}</Link>}>
      <p>{t('frame.notFound.say')}</p>
    </EmptyState>
  );
}

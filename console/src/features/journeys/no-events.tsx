import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/states';

export function NoEvents() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      title={t('journeys.empty.title')}
      action={
        <>
          <Button
            variant="default"
            onClick={() =>
              void navigate({ to: '.', search: (before: object) => ({ ...before, from: undefined, to: undefined }) })
            }
          >
            {t('journeys.empty.everything')}
          </Button>
          <Link to="/settings/sources">{t('journeys.empty.sources')}</Link>
        </>
      }
    >
      {t('journeys.empty.say')}
    </EmptyState>
  );
}

import { Button, Group, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { useMay } from '@/api/session';
import { CustomerRows } from '@/features/customers/customer-rows';
import { Icon } from '@/ui/icons';
import { saveBlob, saveParquet } from '@/ui/save';
import { EmptyState, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { Answered } from './answered';
import { type Behind, type BehindQuestion, behindQuestion } from './behind';
import classes from './behind.module.css';
import { behindSheet } from './behind-sheet';
import { pathText } from './comparison';
import { Findings } from './findings';
import { readFriction } from './frictions';
import { behindQuery, readBehindCsv } from './queries';
import { SaveSegment } from './segments';
import { useAsked, useExplorerSearch, useOther } from './use-explorer';
import { useFrictionName } from './use-friction-name';
import { useMeasured } from './use-measured';

/** The customers behind an element of a picture: as many as the number on it. */
export function BehindView() {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const { behind } = search;
  const scope = useAsked();
  const other = useOther();
  const question =
    !behind || (behind.isOther && !other)
      ? null
      : behindQuestion(behind, search, other && behind.isOther ? other.scope : scope);
  const back = (
    <Link
      from="/journeys"
      to="/journeys"
      search={(before) => ({ ...before, behind: undefined })}
      className={classes.back}
    >
      <Icon name="left" size={14} />
      {t(`journeys.behind.back.${search.view}`)}
    </Link>
  );
  return (
    <section className={classes.behind}>
      {back}
      {!behind || question === null ? (
        <EmptyState title={t('journeys.behind.goneTitle')}>{t('journeys.behind.goneSay')}</EmptyState>
      ) : (
        <Customers behind={behind} question={question} otherName={behind.isOther ? (other?.short ?? null) : null} />
      )}
    </section>
  );
}

function Customers({
  behind,
  question,
  otherName,
}: {
  behind: Behind;
  question: BehindQuestion;
  otherName: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useTitleOf(behind);
  const may = useMay();
  const [isKeeping, setKeeping] = useState(false);
  const asking = behindQuery(question);
  const query = useInfiniteQuery(asking);
  const saving = useMutation({
    mutationFn: async (kind: 'csv' | 'parquet') => {
      const csv = await readBehindCsv(question);
      if (kind === 'csv') saveBlob('vivencia-customers.csv', csv);
      else await saveParquet(behindSheet(await csv.text()));
    },
    onError: (error) =>
      notifications.show({ color: 'bad', title: t('journeys.behind.notSaved'), message: asProblem(error).detail }),
  });
  const first = query.data?.pages[0];
  const customers = query.data?.pages.flatMap((page) => page.customers) ?? [];
  return (
    <>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          <p className="muted" role="status">
            {first && t('journeys.map.customers', { count: first.total, n: format.number(first.total) })}
            {otherName && ` · ${otherName}`}
          </p>
        </div>
        {first && first.total > 0 && (
          <Group gap={8}>
            {may('save_questions') && !question.segment && !question.without_segment && (
              <Button variant="default" size="xs" onClick={() => setKeeping(true)} data-look="keep-segment">
                {t('journeys.segments.keep')}
              </Button>
            )}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button
                  variant="default"
                  size="xs"
                  leftSection={<Icon name="download" size={14} />}
                  loading={saving.isPending}
                >
                  {t('journeys.export.label')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {(['csv', 'parquet'] as const).map((kind) => (
                  <Menu.Item key={kind} onClick={() => saving.mutate(kind)}>
                    {t(`journeys.export.${kind}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Group>
        )}
      </div>
      {isKeeping && <SaveSegment question={question} onClose={() => setKeeping(false)} />}
      {first && <Findings findings={first.findings} />}
      {query.isError && customers.length === 0 && (
        <ProblemState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && (
        <Answered query={query} queryKey={asking.queryKey} asked={title} height={320}>
          {() => null}
        </Answered>
      )}
      {first?.total === 0 && (
        <EmptyState title={t('journeys.behind.nobodyTitle')}>{t('journeys.behind.nobodySay')}</EmptyState>
      )}
      {customers.length > 0 && (
        <CustomerRows
          label={title}
          customers={customers}
          more={
            query.hasNextPage
              ? { isLoading: query.isFetchingNextPage, error: query.error, onLoad: () => void query.fetchNextPage() }
              : null
          }
          total={first?.total}
        />
      )}
    </>
  );
}

/** The element in words. */
function useTitleOf(behind: Behind): string {
  const { t } = useTranslation();
  const { start = '', steps = [], outcome = '', anchor } = useExplorerSearch();
  const measured = useMeasured();
  const frictionName = useFrictionName();
  switch (behind.kind) {
    case 'path':
      return t('journeys.behind.titles.path', {
        path: pathText({ activities: behind.activities, goes_on: behind.goesOn }),
      });
    case 'passing':
      return t('journeys.behind.titles.passing', { path: behind.activities.join(' › '), n: behind.position + 1 });
    case 'tail':
      return start === '' || anchor === 'start'
        ? t('journeys.behind.titles.tailOfAll')
        : t('journeys.behind.titles.tail', { activity: start });
    case 'connection':
      return t('journeys.behind.titles.connection', { from: behind.from, to: behind.to });
    case 'effort':
      return t('journeys.behind.titles.effort', {
        goal: outcome,
        measure: t(`journeys.effort.measures.${behind.measure}`),
        least: measured(behind.measure, behind.least),
      });
    case 'friction': {
      const named = readFriction(behind.friction);
      return t('journeys.behind.titles.friction', { friction: named ? frictionName(named) : behind.friction });
    }
    case 'reached':
      return t('journeys.behind.titles.reached', { n: behind.step, activity: steps[behind.step - 1] ?? '' });
    case 'dropped':
      return t('journeys.behind.titles.dropped', {
        activity: steps[behind.step - 1] ?? '',
        next: steps[behind.step] ?? '',
      });
    default:
      return t(`journeys.behind.titles.${behind.kind}`, { activity: behind.activity });
  }
}

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Customer, type IdentityChange, type Merge } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { Answer, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';

function undo(merge: string, dry_run: boolean): Promise<IdentityChange> {
  return answer(api.POST('/api/v1/merges/{id}/undo', { params: { path: { id: merge }, query: { dry_run } } }));
}

/** Shows what undoing a merge would change, and does it. */
export function UndoMerge({ merge, customer, onClose }: { merge: Merge; customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const preview = useQuery({
    queryKey: ['customers', 'undo', merge.id],
    queryFn: () => undo(merge.id, true),
    staleTime: 0,
    gcTime: 0,
  });
  const doing = useMutation({
    mutationFn: () => undo(merge.id, false),
    onSuccess: (change) => {
      const customers = change.after.map((part) => part.customer).join(t('customers.merges.preview.and'));
      notifications.show({
        title: t('customers.merges.preview.done'),
        message: t('customers.merges.preview.doneSay', { customers }),
      });
      // Everything may have changed: the timeline, the customers found, every analysis.
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={t('customers.merges.preview.title')} onClose={onClose}>
      <Answer query={preview}>
        {(change) => {
          const parts = change.after.length > change.before.length;
          return (
            <div className={classes.preview}>
              <p className="muted">{parts ? t('customers.merges.preview.say') : t('customers.merges.preview.same')}</p>
              <div className={classes.sides}>
                <Side title={t('customers.merges.preview.before')} parts={change.before} customer={customer} />
                <Side title={t('customers.merges.preview.after')} parts={change.after} customer={customer} />
              </div>
              {doing.isError && <ProblemState error={doing.error} isChange />}
              {parts && <p className="small">{t('customers.merges.preview.again')}</p>}
              <Group justify="flex-end" gap={8}>
                <Button variant="default" onClick={onClose}>
                  {t('frame.cancel')}
                </Button>
                <Button onClick={() => doing.mutate()} loading={doing.isPending}>
                  {t('customers.merges.preview.confirm')}
                </Button>
              </Group>
            </div>
          );
        }}
      </Answer>
    </Dialog>
  );
}

function Side({ title, parts, customer }: { title: string; parts: IdentityChange['before']; customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = (node: string) => customer.identifiers.find((identifier) => identifier.node === node)?.value ?? node;
  return (
    <section>
      <h3>{title}</h3>
      {parts.map((part) => (
        <div key={part.customer} className={`card ${classes.part}`}>
          <div className={classes['part-head']}>
            <b>{part.customer}</b>
            <span className="small">
              {t('customers.merges.preview.events', { count: part.events, n: format.number(part.events) })}
            </span>
          </div>
          <ul>
            {part.nodes.map((node) => (
              <li key={node}>{known(node)}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

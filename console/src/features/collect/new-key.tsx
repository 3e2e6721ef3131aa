import { Button, CopyButton, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { unitsQuery } from '@/features/organisation/queries';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import type { Scope } from './keys';
import { keysQuery } from './queries';
import classes from './sources.module.css';

/** Makes a key and shows its secret, once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('collect');
  const [channel, setChannel] = useState('');
  const [unit, setUnit] = useState<string | null>(null);
  const units = useQuery({ ...unitsQuery, enabled: scope !== 'admin' });
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/keys', {
          body: {
            name: name.trim(),
            scope,
            ...(scope === 'collect' && channel.trim() ? { channel: channel.trim() } : {}),
            ...(scope !== 'admin' && unit ? { unit } : {}),
          },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (make.data) return <Made secret={make.data.key} onClose={onClose} />;
  return (
    <Dialog title={t('collect.keys.new.title')} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t('collect.keys.new.nameLabel')}
          description={t('collect.keys.new.nameHelp')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <div className={classes.scope}>
          <span className={classes.label} id="scope">
            {t('collect.keys.new.scopeLabel')}
          </span>
          <SegmentedControl
            aria-labelledby="scope"
            value={scope}
            onChange={(value) => setScope(value as Scope)}
            data={(['collect', 'read', 'admin'] as const).map((value) => ({
              value,
              label: t(`collect.keys.scopes.${value}`),
            }))}
          />
          <span className="small">{t(`collect.keys.new.scopeHelp.${scope}`)}</span>
        </div>
        {scope === 'collect' && (
          <TextInput
            label={t('collect.keys.new.channelLabel')}
            description={t('collect.keys.new.channelHelp')}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
          />
        )}
        {scope !== 'admin' && units.data && units.data.units.length > 0 && (
          <Select
            label={t('collect.keys.new.unitLabel')}
            description={t(`collect.keys.new.unitHelp.${scope}`)}
            placeholder={t('collect.keys.new.everywhere')}
            data={units.data.units
              .filter((each) => each.is_in_tree)
              .map((each) => ({ value: each.name, label: each.label }))}
            value={unit}
            onChange={setUnit}
            searchable
            clearable
          />
        )}
        {make.isError && <ProblemState error={make.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('collect.keys.new.create')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('collect.keys.created_.title')} onClose={onClose}>
      <p className="muted">{t('collect.keys.created_.say')}</p>
      <code className={classes.secret}>{secret}</code>
      <Group justify="flex-end" gap={8} mt={16}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{copied ? t('frame.copied') : t('collect.keys.created_.copy')}</Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t('collect.keys.created_.close')}
        </Button>
      </Group>
    </Dialog>
  );
}

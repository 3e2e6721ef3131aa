import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/client';
import { useMay } from '@/api/session';
import { Scrollable } from '@/ui/scrollable';
import { Answer, EmptyState } from '@/ui/states';
import classes from './organisation.module.css';
import { unitsQuery } from './queries';
import { DeleteUnit, EditUnit } from './unit-dialogs';
import { branches } from './unit-tree';

type Open = { kind: 'new' } | { kind: 'edit'; unit: Unit } | { kind: 'delete'; unit: Unit };

/** The tree of units: where events happen, and who is above whom. */
export function Units() {
  const { t } = useTranslation();
  const units = useQuery(unitsQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const may = useMay()('manage_organisation');
  const add = may && (
    <Button variant="default" data-look="new-unit" onClick={() => setOpen({ kind: 'new' })}>
      {t('organisation.units.add')}
    </Button>
  );
  return (
    <div className={classes.stack}>
      <p className="muted">{t('organisation.units.say')}</p>
      <Answer
        query={units}
        isEmpty={(found) => found.units.length === 0}
        empty={
          <EmptyState title={t('organisation.units.none')} action={add}>
            {t('organisation.units.noneSay')}
          </EmptyState>
        }
      >
        {(found) => (
          <>
            {add && <div>{add}</div>}
            <Scrollable className={`card ${classes.table}`} label={t('organisation.parts.units')}>
              <table className="plain">
                <thead>
                  <tr>
                    {(['label', 'name', 'kind', 'state', 'actions'] as const).map((column) => (
                      <th key={column} scope="col">
                        {t(`organisation.units.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {branches(found.units).map(({ unit, level, hasChildren }) => (
                    <tr key={unit.name}>
                      <td>
                        <span className={classes.branch} data-level={Math.min(level, 6)}>
                          {unit.label}
                        </span>
                        {unit.parent != null && (
                          <span className="visually-hidden">
                            {t('organisation.units.under', { parent: unit.parent })}
                          </span>
                        )}
                      </td>
                      <td>
                        <code>{unit.name}</code>
                      </td>
                      <td>{unit.kind ?? ''}</td>
                      <td className="small">
                        {!unit.is_in_tree && t('organisation.units.loose')}
                        {unit.is_in_tree && unit.is_seen && t('organisation.units.seen')}
                        {/* Events name shops; that none names a country is as it should be. */}
                        {unit.is_in_tree && !unit.is_seen && !hasChildren && t('organisation.units.unseen')}
                      </td>
                      <td>
                        {may && (
                          <div className={classes.actions}>
                            <Button
                              variant="default"
                              size="compact-xs"
                              aria-label={t('organisation.units.editOne', { label: unit.label })}
                              onClick={() => setOpen({ kind: 'edit', unit })}
                            >
                              {t(unit.is_in_tree ? 'organisation.units.edit' : 'organisation.units.place')}
                            </Button>
                            {unit.is_in_tree && (
                              <Button
                                variant="default"
                                size="compact-xs"
                                aria-label={t('organisation.units.deleteOne', { label: unit.label })}
                                onClick={() => setOpen({ kind: 'delete', unit })}
                              >
                                {t('organisation.remove')}
                              </Button>
                            )}
                          </div>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrollable>
          </>
        )}
      </Answer>
      {open?.kind === 'delete' && <DeleteUnit unit={open.unit} onClose={() => setOpen(null)} />}
      {open !== null && open.kind !== 'delete' && (
        <EditUnit
          unit={open.kind === 'edit' ? open.unit : null}
          units={units.data?.units ?? []}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

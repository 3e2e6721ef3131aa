import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import type { components } from '@/api/schema';
import { useMay } from '@/api/session';
import { Dialog } from '@/ui/dialog';
import { Answer, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { contactRuleQuery } from './queries';
import classes from './surveys.module.css';

type ContactRule = components['schemas']['ContactRule'];

/** The rule for everything that interrupts a customer, with a way to change it. */
export function ContactRuleCard() {
  const { t } = useTranslation();
  const may = useMay()('manage_organisation');
  const query = useQuery(contactRuleQuery);
  const [isChanging, setChanging] = useState(false);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.contactRule.title')}</h2>
      <Answer query={query} loading={<LoadingLines lines={2} />}>
        {(rule) => (
          <>
            <RuleSentence rule={rule} />
            <p className="small">{t('surveys.contactRule.say')}</p>
            {may && (
              <div>
                <Button variant="default" onClick={() => setChanging(true)} data-look="contact-rule">
                  {t('surveys.contactRule.change')}
                </Button>
              </div>
            )}
            {isChanging && <ChangeRule rule={rule} onClose={() => setChanging(false)} />}
          </>
        )}
      </Answer>
    </section>
  );
}

export function RuleSentence({ rule }: { rule: ContactRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p>
      {t('surveys.contactRule.sentence', {
        count: rule.most,
        n: format.number(rule.most),
        days: format.number(rule.days),
        apart: format.number(rule.apart_days),
        from: rule.from_hour,
        until: rule.until_hour,
        zone: format.timeZone,
      })}
    </p>
  );
}

/** What each number may be, as the server has it. */
const FIELDS = [
  ['most', 1, 100],
  ['days', 1, 365],
  ['apart_days', 0, 365],
  ['from_hour', 0, 23],
  ['until_hour', 1, 24],
] as const;

function ChangeRule({ rule, onClose }: { rule: ContactRule; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(rule);
  const change = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/contact-rule', { body: wanted })),
    onSuccess: (kept) => {
      queries.setQueryData(contactRuleQuery.queryKey, kept);
      onClose();
    },
  });
  return (
    <Dialog title={t('surveys.contactRule.change')} onClose={onClose}>
      <form
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <p className="muted">{t('surveys.contactRule.holds')}</p>
        <div className={classes.pair}>
          {FIELDS.map(([field, min, max]) => (
            <NumberInput
              key={field}
              label={t(`surveys.contactRule.fields.${field}`)}
              min={min}
              max={max}
              allowDecimal={false}
              value={wanted[field]}
              onChange={(value) =>
                setWanted((before) => ({ ...before, [field]: typeof value === 'number' ? value : min }))
              }
            />
          ))}
        </div>
        {change.isError && <ProblemState error={change.error} isChange />}
        <div className={classes.dialogActions}>
          <Button variant="default" onClick={onClose}>
            {t('surveys.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('surveys.contactRule.keep')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer, Identifier, Merge } from '@/api/client';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import { valueText } from './summary';
import { UndoMerge } from './undo-merge';
import { useNames } from './use-names';

/** What is known of a customer beside the events, each with where and when it was learnt. */
export function Known({ customer }: { customer: Customer }) {
  return (
    <div className={classes.known}>
      <Identifiers identifiers={customer.identifiers} />
      <Traits customer={customer} />
      <Merges customer={customer} />
    </div>
  );
}

/** As in the rules of identity: the surest first. */
const PRIORITY = ['user_id', 'loyalty_card', 'email', 'phone'];
const LEAST = ['device', 'anonymous_id'];
const FIRST_IDENTIFIERS = 5;
const FIRST_MERGES = 3;

function priorityOf({ kind }: Identifier): number {
  const first = PRIORITY.indexOf(kind);
  return first >= 0 ? first : PRIORITY.length + 1 + LEAST.indexOf(kind);
}

function More({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (count <= 0) return null;
  return (
    <button type="button" className={`${classes.link} ${classes.more}`} onClick={onShow}>
      {t('customers.identifiers.more', { count, n: format.number(count) })}
    </button>
  );
}

function Identifiers({ identifiers }: { identifiers: readonly Identifier[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const [shown, setShown] = useState(FIRST_IDENTIFIERS);
  const ordered = identifiers.toSorted((a, b) => priorityOf(a) - priorityOf(b));
  return (
    <section>
      <h2>
        {t('customers.identifiers.title')} <Help term="identifier" />
      </h2>
      {identifiers.length === 0 && <p className="small">{t('customers.identifiers.none')}</p>}
      <dl className={classes.facts}>
        {ordered.slice(0, shown).map(({ kind, value, node, seen_at }) => (
          <div key={node}>
            <dt>{names.identifier(kind)}</dt>
            <dd>
              <span className={classes.value}>{value}</span>
              <span className="small">{t('customers.identifiers.seen', { date: format.moment(seen_at, 'date') })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <More count={ordered.length - shown} onShow={() => setShown(ordered.length)} />
    </section>
  );
}

function Traits({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = { yes: t('customers.traits.yes'), no: t('customers.traits.no') };
  return (
    <section>
      <h2>
        {t('customers.traits.title')} <Help term="trait" />
      </h2>
      {customer.traits.length === 0 && <p className="small">{t('customers.traits.none')}</p>}
      <dl className={classes.facts}>
        {customer.traits.map(({ name, value, source, seen_at }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className={classes.value}>{valueText(value, words)}</span>
              <span className="small">
                {t('customers.traits.from', { source, date: format.moment(seen_at, 'date') })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Merges({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const [shown, setShown] = useState(FIRST_MERGES);
  return (
    <section>
      <h2>
        {t('customers.merges.title')} <Help term="merge" />
      </h2>
      {customer.merges.length === 0 && <p className="small">{t('customers.merges.none')}</p>}
      <ul className={classes.merges}>
        {customer.merges.slice(0, shown).map((merge) => (
          <MergeRow key={merge.id} merge={merge} customer={customer} onUndo={() => setUndoing(merge)} />
        ))}
      </ul>
      <More count={customer.merges.length - shown} onShow={() => setShown(customer.merges.length)} />
      {undoing && <UndoMerge merge={undoing} customer={customer} onClose={() => setUndoing(null)} />}
    </section>
  );
}

function MergeRow({ merge, customer, onUndo }: { merge: Merge; customer: Customer; onUndo: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const evidence = merge.evidence_event;
  const partOf = (node: string) =>
    merge.parts?.find((part) => part.node === node) ?? customer.identifiers.find((part) => part.node === node);
  const known = (['same_event', 'alias', 'manual'] as const).find((rule) => rule === merge.rule);
  return (
    <li>
      <div>{known ? t(`customers.merges.rules.${known}`) : merge.rule}</div>
      <div className={classes.joined}>
        {merge.nodes.map((node) => {
          const part = partOf(node);
          return (
            <span key={node}>
              {part && <span className="muted">{names.identifier(part.kind)} </span>}
              {part?.value ?? node}
            </span>
          );
        })}
      </div>
      <div className="small">
        {t('customers.merges.by', { by: merge.decided_by, date: format.moment(merge.merged_at, 'date') })}
        {evidence && (
          <>
            {'. '}
            {t('customers.merges.evidence', {
              what: evidence.activity ?? names.kind(evidence.kind),
              date: format.moment(evidence.occurred_at, 'dateTime'),
              source: evidence.source,
            })}
          </>
        )}
        {merge.evidence && (
          <>
            {' · '}
            <a href={`#${merge.evidence}`}>{t('customers.merges.showEvidence')}</a>
          </>
        )}
        {' · '}
        {merge.undone_at ? (
          t('customers.merges.undone', { date: format.moment(merge.undone_at, 'date') })
        ) : (
          <button type="button" className={classes.link} onClick={onUndo} data-look="undo">
            {t('customers.merges.undo')}
          </button>
        )}
      </div>
    </li>
  );
}

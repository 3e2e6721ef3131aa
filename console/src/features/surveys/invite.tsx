import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { stateOf } from '@/features/listening/survey';
import { Icon } from '@/ui/icons';
import { saveCsv } from '@/ui/save';
import { instants, texts } from '@/ui/sheet';
import { ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { batches, IDENTIFIERS, type Person, readPeople } from './people-lines';
import { answersQuery, surveyQuery } from './queries';
import classes from './surveys.module.css';

interface Made {
  person: Person;
  /** None where the installation brings it itself. */
  link: string | undefined;
  expiresAt: string;
}

interface Invited {
  made: Made[];
  leftOut: { person: Person; reason: string }[];
}

const REASONS = ['bounced', 'complained', 'unsubscribed', 'refused', 'too_soon', 'too_often'] as const;

const SHOWN = 5;

/** Makes a link for each of some people. The links are there once: as a file. */
export function Invite({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [channel, setChannel] = useState('link');
  const [days, setDays] = useState<number>(30);
  const { people, empty, traits } = readPeople(pasted);
  const make = useMutation({
    mutationFn: async () => {
      const invited: Invited = { made: [], leftOut: [] };
      for (const batch of batches(people)) {
        const { links, left_out: leftOut } = await answer(
          api.POST('/api/v1/surveys/{id}/invitations', {
            params: { path: { id: survey.id } },
            body: { people: batch, channel: channel.trim() || 'link', days },
          }),
        );
        const asked = batch.filter((_, at) => !leftOut.some(({ person }) => person === at));
        invited.made.push(
          ...links.flatMap(({ link, expires_at }, at) => {
            const person = asked[at];
            return person ? [{ person, link: link ?? undefined, expiresAt: expires_at }] : [];
          }),
        );
        invited.leftOut.push(
          ...leftOut.flatMap(({ person: at, reason }) => {
            const person = batch[at];
            return person ? [{ person, reason }] : [];
          }),
        );
      }
      return invited;
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: surveyQuery(survey.id).queryKey });
      void queries.invalidateQueries({ queryKey: answersQuery(survey.id).queryKey });
    },
    onSuccess: ({ made }) => {
      if (made.some(({ link }) => link)) save(made);
      setPasted('');
    },
  });
  function save(made: readonly Made[]) {
    saveCsv({
      name: `${survey.name}-links`,
      columns: [...texts(...IDENTIFIERS, 'link'), ...instants('expires_at')],
      rows: made.map(({ person, link, expiresAt }) => [
        ...IDENTIFIERS.map((kind) => person.identifiers[kind] ?? ''),
        link ?? '',
        expiresAt,
      ]),
    });
  }
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.invite.title')}</h2>
      <p className="muted">{t('surveys.invite.say')}</p>
      {stateOf(survey.state) !== 'open' && (
        <p className={classes.notice} role="note">
          {t('surveys.invite.notOpen')}
        </p>
      )}
      <form
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (people.length > 0) make.mutate();
        }}
      >
        <Textarea
          label={t('surveys.invite.people')}
          description={t('surveys.invite.peopleSay')}
          placeholder={'user_id,first_name,touchpoint\nc-1042,Lucía,web:Order Completed'}
          autosize
          minRows={4}
          maxRows={12}
          value={pasted}
          onChange={(event) => {
            make.reset();
            setPasted(event.currentTarget.value);
          }}
        />
        <div className={classes.pair}>
          <TextInput
            label={t('surveys.invite.channel')}
            description={t('surveys.invite.channelSay')}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
          />
          <NumberInput
            label={t('surveys.invite.days')}
            description={t('surveys.invite.daysSay')}
            min={1}
            max={365}
            value={days}
            onChange={(value) => setDays(typeof value === 'number' ? value : 30)}
          />
        </div>
        {people.length > 0 && (
          <div className={classes.readAs}>
            <h3>{t('surveys.invite.read', { count: people.length, n: format.number(people.length) })}</h3>
            <ul>
              {people.slice(0, SHOWN).map((person) => (
                <li key={JSON.stringify(person)}>
                  {[...Object.entries(person.identifiers), ...Object.entries(person.traits)].map(([name, value]) => (
                    <span key={name}>
                      <span className="muted">{name}</span> {value}
                    </span>
                  ))}
                  {person.touchpoint && <span>{person.touchpoint}</span>}
                  {person.unit && <span>{person.unit}</span>}
                </li>
              ))}
            </ul>
            {people.length > SHOWN && (
              <p className="small">{t('surveys.invite.more', { n: format.number(people.length - SHOWN) })}</p>
            )}
            {traits.length > 0 && <p className="small">{t('surveys.invite.traits', { list: traits.join(', ') })}</p>}
            {empty > 0 && (
              <p className="small" role="note">
                {t('surveys.invite.empty', { count: empty, n: format.number(empty) })}
              </p>
            )}
          </div>
        )}
        <div className={classes.buttons}>
          <Button
            type="submit"
            loading={make.isPending}
            disabled={people.length === 0}
            leftSection={<Icon name="download" size={14} />}
          >
            {t('surveys.invite.make')}
          </Button>
        </div>
      </form>
      {make.isError && <ProblemState error={make.error} isChange />}
      {make.isSuccess && <Outcome invited={make.data} onSave={() => save(make.data.made)} />}
    </section>
  );
}

/** How many were invited, and who was left alone and why. */
function Outcome({ invited: { made, leftOut }, onSave }: { invited: Invited; onSave: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isFile = made.some(({ link }) => link);
  const counted = { count: made.length, n: format.number(made.length) };
  const reasons = REASONS.map((reason) => ({ reason, n: leftOut.filter((one) => one.reason === reason).length }));
  return (
    <div role="status" className={classes.notice}>
      <p>{isFile || made.length === 0 ? t('surveys.invite.made', counted) : t('surveys.invite.mailed', counted)}</p>
      {isFile && (
        <Button variant="subtle" size="xs" onClick={onSave}>
          {t('surveys.invite.again')}
        </Button>
      )}
      {leftOut.length > 0 && (
        <ul>
          {reasons
            .filter(({ n }) => n > 0)
            .map(({ reason, n }) => (
              <li key={reason}>{t(`surveys.invite.leftOut.${reason}`, { count: n, n: format.number(n) })}</li>
            ))}
        </ul>
      )}
    </div>
  );
}

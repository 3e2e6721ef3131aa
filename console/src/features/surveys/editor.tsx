import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { asProblem } from '@/api/problem';
import { surveysQuery } from '@/features/listening/queries';
import { titleOf } from '@/features/listening/survey';
import { Dialog } from '@/ui/dialog';
import { Icon } from '@/ui/icons';
import { ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { idOf, type Json, keyOf, languagesOf, ownText, questionsOf, valueAt, withValue } from './document';
import classes from './editor.module.css';
import { EditingProvider, useEditing } from './editor-context';
import { General, Looks } from './general-editor';
import { beginHistory, change, redo, undo } from './history';
import { Inviting } from './invite-editor';
import { Preview } from './preview';
import { useProblemWords } from './problems';
import { surveyQuery } from './queries';
import { QuestionList } from './question-list';
import surveys from './surveys.module.css';
import { type SurveyProblem, useCheck } from './use-check';

/** After this long without a key, the server is asked what it thinks. */
const CHECK_AFTER_MS = 350;

/** Writes the file of a survey. It is the JSON that is changed, so what no field shows is kept as it is. */
export function Editor({ start, survey, onMade }: { start: Json; survey?: Survey; onMade?: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [history, setHistory] = useState(() => beginHistory(start));
  const [kept, setKept] = useState(start);
  const [base, setBase] = useState(survey?.version ?? 0);
  const [openAt, setOpenAt] = useState<number | null>(survey ? null : 0);
  const [way, setWay] = useState<'form' | 'json'>('form');
  const [wrongJson, setWrongJson] = useState<string | null>(null);
  const [newest, setNewest] = useState<Survey | null>(null);
  const file = history.present;
  const languages = languagesOf(file);
  const [shown, setShown] = useState<string | null>(null);
  const language =
    shown !== null && languages.includes(shown)
      ? shown
      : (languages.find((code) => code.startsWith(format.language)) ?? languages[0] ?? 'en');
  const begin = openAt === null ? undefined : idOf(questionsOf(file)[openAt]);
  const isNew = survey === undefined;
  const isChanged = file !== kept || wrongJson !== null;

  const [asked] = useDebouncedValue(file, CHECK_AFTER_MS);
  const check = useCheck(asked, language);
  const problems = check.data?.problems ?? [];
  const findings = check.data?.findings ?? [];
  const isChecked = asked === file && check.isSuccess && !check.isPlaceholderData;
  const lastPreview = useRef(check.data?.preview);
  if (check.data?.preview) lastPreview.current = check.data.preview;

  const isLeaving = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged && !isLeaving.current,
    enableBeforeUnload: () => isChanged && !isLeaving.current,
    withResolver: true,
  });

  const keep = useMutation({
    mutationFn: (version: number) => {
      const body = file as unknown as Record<string, never>;
      return survey
        ? answer(api.PUT('/api/v1/surveys/{id}', { params: { path: { id: survey.id }, query: { version } }, body }))
        : answer(api.POST('/api/v1/surveys', { body }));
    },
    onSuccess: (saved) => {
      isLeaving.current = true;
      setKept(file);
      queries.setQueryData(surveyQuery(saved.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: surveysQuery.queryKey, exact: true });
      notifications.show({
        title: titleOf(saved.definition, format.language) ?? saved.name,
        message: isNew ? t('surveys.editor.created') : t('surveys.editor.saved', { n: format.number(saved.version) }),
      });
      if (onMade) onMade(saved.id);
      else void navigate({ to: '/listening/surveys/$survey', params: { survey: saved.id } });
    },
    onError: async (error) => {
      if (!survey || asProblem(error).status !== 409) return;
      setNewest(await queries.fetchQuery({ ...surveyQuery(survey.id), staleTime: 0 }));
    },
  });
  const isConflict = newest !== null;

  const editing = useMemo(
    () => ({
      file,
      languages,
      problems,
      findings,
      change: (next: Json, field?: string) =>
        setHistory((before) => change(before, named(before.present, next, isNew), field)),
    }),
    [file, languages, problems, findings, isNew],
  );

  function go({ place }: SurveyProblem) {
    setWay('form');
    const at = /^\$\.questions\[(\d+)\]/.exec(place)?.[1];
    if (at !== undefined) setOpenAt(Number(at));
    requestAnimationFrame(() => {
      const box =
        at === undefined ? document.querySelector('[data-general]') : document.querySelector(`[data-question="${at}"]`);
      const field =
        document.querySelector<HTMLElement>(`[data-place^=${JSON.stringify(place)}]`) ??
        box?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
        box?.querySelector<HTMLElement>('textarea, input, button');
      field?.focus();
      field?.scrollIntoView({ block: 'center' });
    });
  }

  const title = titleOf(file, format.language) || (survey?.name ?? '');
  return (
    <EditingProvider value={editing}>
      <div>
        <nav className={surveys.crumbs} aria-label={t('surveys.crumbs')}>
          <Link to="/listening/surveys">{t('listening.pages.surveys')}</Link>
          {survey && (
            <>
              {' › '}
              <Link to="/listening/surveys/$survey" params={{ survey: survey.id }}>
                {titleOf(survey.definition, format.language) ?? survey.name}
              </Link>
            </>
          )}
        </nav>
        <div className={surveys.titleRow}>
          <h1>{isNew ? t('surveys.editor.new') : t('surveys.editor.title', { title })}</h1>
          <SegmentedControl
            size="xs"
            aria-label={t('surveys.editor.ways.label')}
            value={way}
            onChange={(chosen) => {
              setWay(chosen === 'json' ? 'json' : 'form');
              setWrongJson(null);
            }}
            data={(['form', 'json'] as const).map((value) => ({ value, label: t(`surveys.editor.ways.${value}`) }))}
          />
        </div>
      </div>
      <div className={surveys.overview}>
        <div className={surveys.column}>
          {way === 'json' ? (
            <JsonView onWrong={setWrongJson} wrong={wrongJson} />
          ) : (
            <>
              <div className={`card ${surveys.card}`} data-general>
                <General isNew={isNew} />
              </div>
              <QuestionList openAt={openAt} onOpen={setOpenAt} />
              <div className={`card ${surveys.card}`}>
                <Inviting isSound={isChecked && problems.length === 0} />
              </div>
              <div className={`card ${surveys.card}`}>
                <Looks accent={check.data?.preview?.accent} />
              </div>
            </>
          )}
        </div>
        <div className={classes.beside}>
          <Preview
            preview={lastPreview.current}
            languages={languages}
            language={language}
            onLanguage={setShown}
            begin={begin}
          />
        </div>
      </div>
      <div className={classes.bar}>
        <Said problems={problems} findings={findings} isChecked={isChecked} error={check.error} onGo={go} />
        <div className={classes.barActions}>
          <Button
            variant="default"
            aria-label={t('surveys.editor.undo')}
            disabled={history.past.length === 0}
            onClick={() => setHistory(undo)}
          >
            <Icon name="undo" />
          </Button>
          <Button
            variant="default"
            aria-label={t('surveys.editor.redo')}
            disabled={history.future.length === 0}
            onClick={() => setHistory(redo)}
          >
            <span className={classes.mirrored}>
              <Icon name="undo" />
            </span>
          </Button>
          <Button
            loading={keep.isPending}
            disabled={!isChecked || problems.length > 0 || wrongJson !== null || (!isNew && !isChanged)}
            onClick={() => keep.mutate(base)}
            data-look="keep"
          >
            {isNew ? t('surveys.editor.create') : t('surveys.editor.save', { n: format.number(base + 1) })}
          </Button>
        </div>
      </div>
      {keep.isError && !isConflict && (
        <Dialog title={t(isNew ? 'surveys.editor.create' : 'surveys.edit')} onClose={() => keep.reset()}>
          <ProblemState error={keep.error} isChange />
        </Dialog>
      )}
      {newest && (
        <Dialog title={t('surveys.editor.conflict.title')} onClose={() => setNewest(null)}>
          <p>
            {t('surveys.editor.conflict.say', { newest: format.number(newest.version), mine: format.number(base) })}
          </p>
          <div className={surveys.dialogActions}>
            <Button
              variant="default"
              onClick={() => {
                const theirs = newest.definition as unknown as Json;
                setHistory((before) => change(before, theirs));
                setKept(theirs);
                setBase(newest.version);
                setNewest(null);
                keep.reset();
              }}
            >
              {t('surveys.editor.conflict.theirs')}
            </Button>
            <Button
              onClick={() => {
                setBase(newest.version);
                setNewest(null);
                keep.mutate(newest.version);
              }}
            >
              {t('surveys.editor.conflict.over')}
            </Button>
          </div>
        </Dialog>
      )}
      {blocker.status === 'blocked' && (
        <Dialog title={t('surveys.editor.leave.title')} onClose={blocker.reset}>
          <p>{t('surveys.editor.leave.say')}</p>
          <div className={surveys.dialogActions}>
            <Button variant="default" onClick={blocker.proceed}>
              {t('surveys.editor.leave.go')}
            </Button>
            <Button onClick={blocker.reset}>{t('surveys.editor.leave.stay')}</Button>
          </div>
        </Dialog>
      )}
    </EditingProvider>
  );
}

/** A new survey is called after its title until somebody calls it otherwise. */
function named(before: Json, after: Json, isNew: boolean): Json {
  if (!isNew) return after;
  const [first = ''] = languagesOf(before);
  const titleIn = (file: Json) => ownText(valueAt(file, ['title']), first);
  const name = valueAt(before, ['name']);
  if (titleIn(before) === titleIn(after) || name !== keyOf(titleIn(before)) || valueAt(after, ['name']) !== name)
    return after;
  return withValue(after, ['name'], keyOf(titleIn(after)));
}

/** What the server thinks of the file at this moment. */
function Said({
  problems,
  findings,
  isChecked,
  error,
  onGo,
}: {
  problems: readonly SurveyProblem[];
  findings: readonly SurveyProblem[];
  isChecked: boolean;
  error: unknown;
  onGo: (problem: SurveyProblem) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const { file } = useEditing();
  const all = [...problems, ...findings];
  if (error) return <p role="alert">{asProblem(error).detail}</p>;
  return (
    <div className={classes.said}>
      <p role="status" className={surveys.fine}>
        {!isChecked ? (
          <span className="muted">{t('surveys.editor.live.checking')}</span>
        ) : problems.length === 0 ? (
          <>
            <Icon name="check" size={14} /> {t('surveys.editor.live.fine')}
          </>
        ) : (
          <b>{t('surveys.problems', { count: problems.length, n: format.number(problems.length) })}</b>
        )}
      </p>
      {all.length > 0 && (
        <ul className={classes.saidList}>
          {all.map((problem) => (
            <li key={`${problem.place} ${problem.code}`} data-finding={findings.includes(problem) || undefined}>
              <button type="button" onClick={() => onGo(problem)}>
                <code>{problem.place}</code> {words(problem, file)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The file itself. */
function JsonView({ wrong, onWrong }: { wrong: string | null; onWrong: (wrong: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <div className={`card ${surveys.card}`}>
      <p className="muted">{t('surveys.editor.jsonSay')}</p>
      <JsonText wrong={wrong} onWrong={onWrong} />
    </div>
  );
}

function JsonText({ wrong, onWrong }: { wrong: string | null; onWrong: (wrong: string | null) => void }) {
  const { t } = useTranslation();
  const { file, change: write } = useEditing();
  const [text, setText] = useState(() => JSON.stringify(file, null, 2));
  const written = useRef(file);
  // What was undone, or taken over from somebody else, is shown; what is being typed is not spelt anew.
  if (written.current !== file && wrong === null) {
    written.current = file;
    setText(JSON.stringify(file, null, 2));
  }
  return (
    <Textarea
      aria-label={t('surveys.editor.json')}
      autosize
      minRows={20}
      maxRows={40}
      spellCheck={false}
      classNames={{ input: classes.json }}
      value={text}
      error={wrong === null ? undefined : t('surveys.editor.jsonWrong', { detail: wrong })}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        try {
          const read = JSON.parse(typed) as Json;
          onWrong(null);
          written.current = read;
          write(read, 'json');
        } catch (error) {
          onWrong(error instanceof Error ? error.message : String(error));
        }
      }}
    />
  );
}

import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedQuestion } from '@/api/client';
import { useMay } from '@/api/session';
import { useScope } from '@/app/scope';
import { Icon } from '@/ui/icons';
import choices from '@/ui/phrase-choice.module.css';
import { LoadingLines, ProblemState } from '@/ui/states';
import { savedQuestionsQuery } from './queries';
import classes from './saved.module.css';
import { DeleteQuestion, RenameQuestion, SaveQuestion } from './saved-dialogs';
import { isSameQuestion, questionOf, readQuestion } from './saved-questions';
import { SaveSegment } from './segments';
import { useExplorerSearch } from './use-explorer';
import { useUpdateQuestion } from './use-saved';

type Open = 'segment' | 'save' | 'rename' | 'delete' | null;

/** The questions that the organisation keeps: opening one, keeping the present one, and what can be done with it then. */
export function SavedMenu() {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const scope = useScope();
  const navigate = useNavigate();
  const may = useMay();
  const maySave = may('save_questions');
  const query = useQuery(savedQuestionsQuery);
  const [isOpen, setMenu] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const update = useUpdateQuestion();
  const questions = query.data?.questions ?? [];
  const present = questionOf(search, scope);
  const current = questions.find(({ id }) => id === search.saved);
  const isChanged = current !== undefined && !isSameQuestion(readQuestion(current.question), present);

  function show(dialog: Open) {
    setMenu(false);
    setOpen(dialog);
  }

  function handleOpen(saved: SavedQuestion) {
    setMenu(false);
    const { from, to, channel, ...asked } = readQuestion(saved.question);
    void navigate({ to: '/journeys', search: { ...asked, from, to, channel, saved: saved.id } });
  }

  return (
    <div className={classes.saved}>
      {current && (
        <span className={classes.current}>
          <span className={classes.name}>{current.name}</span>
          {isChanged && <span className="small"> · {t('journeys.saved.changed')}</span>}
        </span>
      )}
      <Popover opened={isOpen} onChange={setMenu} position="bottom-end" width={320} trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="save" size={14} />}
            onClick={() => setMenu((shown) => !shown)}
            data-look="saved"
          >
            {t('journeys.saved.menu')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={6} className={classes.dropdown} aria-label={t('journeys.saved.menu')}>
          {maySave && (
            <ul className={`${choices.choices} ${classes.actions}`}>
              <li>
                <button type="button" onClick={() => show('save')} data-look="keep">
                  {t('journeys.saved.keep')}
                </button>
              </li>
              {search.segment === undefined && (
                <li>
                  <button type="button" onClick={() => show('segment')}>
                    {t('journeys.segments.keepEverybody')}
                  </button>
                </li>
              )}
              {current && (
                <>
                  {isChanged && (
                    <li>
                      <button
                        type="button"
                        disabled={update.isPending}
                        onClick={() => {
                          setMenu(false);
                          update.mutate({ saved: current, name: current.name, question: present });
                        }}
                      >
                        {t('journeys.saved.update', { name: current.name })}
                      </button>
                    </li>
                  )}
                  <li>
                    <button type="button" onClick={() => show('rename')}>
                      {t('journeys.saved.rename')}
                    </button>
                  </li>
                  <li>
                    <button type="button" onClick={() => show('delete')}>
                      {t('journeys.saved.delete')}
                    </button>
                  </li>
                </>
              )}
            </ul>
          )}
          {query.isPending && <LoadingLines lines={3} />}
          {query.isError && <ProblemState error={query.error} onRetry={() => void query.refetch()} />}
          {query.data && questions.length === 0 && <p className={classes.none}>{t('journeys.saved.none')}</p>}
          {questions.length > 0 && (
            <>
              <p className={classes.label}>{t('journeys.saved.list')}</p>
              <ul className={choices.choices}>
                {[...questions]
                  .sort((a, b) => a.name.localeCompare(b.name))
                  .map((saved) => (
                    <li key={saved.id}>
                      <button
                        type="button"
                        className={classes.question}
                        aria-current={saved.id === search.saved ? 'true' : undefined}
                        onClick={() => handleOpen(saved)}
                      >
                        <Icon name={iconOf(saved.view)} size={14} />
                        <span>
                          {saved.name}
                          {saved.findings.length > 0 && (
                            <span className={classes.warning}>{t('journeys.saved.notLaidOut')}</span>
                          )}
                        </span>
                      </button>
                    </li>
                  ))}
              </ul>
            </>
          )}
        </Popover.Dropdown>
      </Popover>
      {open === 'segment' && <SaveSegment question={{ everybody: true, ...scope }} onClose={() => setOpen(null)} />}
      {open === 'save' && <SaveQuestion question={present} onClose={() => setOpen(null)} />}
      {open === 'rename' && current && <RenameQuestion saved={current} onClose={() => setOpen(null)} />}
      {open === 'delete' && current && <DeleteQuestion saved={current} onClose={() => setOpen(null)} />}
    </div>
  );
}

function iconOf(view: string) {
  return view === 'paths' || view === 'funnel' ? view : 'map';
}

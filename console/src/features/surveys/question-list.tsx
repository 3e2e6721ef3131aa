import { Button, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { useFormat } from '@/ui/use-format';
import {
  addQuestion,
  idOf,
  moveQuestion,
  namedBy,
  problemsAt,
  QUESTION_TYPES,
  type QuestionType,
  questionsOf,
  textIn,
  typeOf,
  withValue,
} from './document';
import classes from './editor.module.css';
import { useEditing } from './editor-context';
import { QuestionEditor } from './question-editor';

/** The questions in their order: moved by buttons, by the arrows on the handle, or by pulling it. */
export function QuestionList({ openAt, onOpen }: { openAt: number | null; onOpen: (at: number | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, problems, change } = useEditing();
  const [type, setType] = useState<QuestionType>('csat');
  const [pulled, setPulled] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const questions = questionsOf(file);

  function move(from: number, to: number, control: 'handle' | 'up' | 'down') {
    if (to < 0 || to >= questions.length || from === to) return;
    change(moveQuestion(file, from, to));
    if (openAt === from) onOpen(to);
    else if (openAt === to) onOpen(from);
    setSaid(t('surveys.editor.movedTo', { n: String(to + 1), of: String(questions.length) }));
    // What was moved keeps the focus, so that it can be moved on.
    requestAnimationFrame(() => {
      const box = document.querySelector(`[data-question="${to}"]`);
      const wanted = box?.querySelector<HTMLButtonElement>(`[data-move="${control}"]`);
      (wanted?.disabled ? box?.querySelector<HTMLButtonElement>('[data-move="handle"]') : wanted)?.focus();
    });
  }

  function remove(at: number) {
    const names = namedBy(file, idOf(questions[at]));
    change(withValue(file, ['questions', at], undefined));
    onOpen(null);
    notifications.show({
      message: [
        t('surveys.editor.removed'),
        ...(names.length > 0 ? [t('surveys.editor.named', { list: names.join(', ') })] : []),
      ].join(' '),
    });
  }

  return (
    <section className={classes.section} aria-label={t('surveys.editor.questions')}>
      <h2>{t('surveys.editor.questions')}</h2>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <ol className={classes.questions}>
        {questions.map((question, at) => {
          const n = String(at + 1);
          const isOpen = openAt === at;
          const kind = typeOf(question);
          const wrong = problemsAt(problems, ['questions', at]).length;
          const title = textIn(question.text, format.language) || t('surveys.editor.noText');
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: the key of a question is what is being typed
              key={at}
              data-question={at}
              data-pulled={pulled === at || undefined}
              className={`card ${classes.question}`}
              onDragOver={(event) => pulled !== null && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (pulled !== null) move(pulled, at, 'handle');
                setPulled(null);
              }}
            >
              <div className={classes.head}>
                <button
                  type="button"
                  className={classes.handle}
                  data-move="handle"
                  draggable
                  aria-label={t('surveys.editor.drag', { n })}
                  onDragStart={(event) => {
                    event.dataTransfer.setData('text/plain', n);
                    event.dataTransfer.effectAllowed = 'move';
                    setPulled(at);
                  }}
                  onDragEnd={() => setPulled(null)}
                  onKeyDown={(event) => {
                    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                    if (step === 0) return;
                    event.preventDefault();
                    move(at, at + step, 'handle');
                  }}
                >
                  <svg viewBox="0 0 10 16" width="10" height="16" aria-hidden="true" fill="currentColor">
                    {[3, 8, 13].flatMap((y) => [2, 8].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.4" />))}
                  </svg>
                </button>
                <button
                  type="button"
                  className={classes.summary}
                  aria-expanded={isOpen}
                  onClick={() => onOpen(isOpen ? null : at)}
                >
                  <span className={classes.number}>{n}</span>
                  <span className={classes.title}>
                    <span>{title}</span>
                    <span className="small">
                      {[
                        kind ? t(`surveys.types.${kind}`) : String(question.type),
                        question.required === true ? t('surveys.required') : '',
                        question.show_when !== undefined ? t('surveys.isConditional') : '',
                        question.skip !== undefined ? t('surveys.isSkipping') : '',
                      ]
                        .filter((text) => text !== '')
                        .join(' · ')}
                    </span>
                    {wrong > 0 && (
                      <span className={classes.wrong}>
                        {t('surveys.problems', { count: wrong, n: format.number(wrong) })}
                      </span>
                    )}
                  </span>
                </button>
                <span className={classes.tools}>
                  <button
                    type="button"
                    className={classes.tool}
                    data-move="up"
                    disabled={at === 0}
                    aria-label={t('surveys.editor.up', { n })}
                    onClick={() => move(at, at - 1, 'up')}
                  >
                    <Icon name="up" />
                  </button>
                  <button
                    type="button"
                    className={classes.tool}
                    data-move="down"
                    disabled={at === questions.length - 1}
                    aria-label={t('surveys.editor.down', { n })}
                    onClick={() => move(at, at + 1, 'down')}
                  >
                    <Icon name="chevron" />
                  </button>
                  <button
                    type="button"
                    className={classes.tool}
                    aria-label={t('surveys.editor.remove', { n })}
                    onClick={() => remove(at)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                </span>
              </div>
              {isOpen && <QuestionEditor at={at} question={question} />}
            </li>
          );
        })}
      </ol>
      <div className={classes.addQuestion}>
        <NativeSelect
          aria-label={t('surveys.editor.addSay')}
          value={type}
          onChange={(event) => setType(event.currentTarget.value as QuestionType)}
          data={QUESTION_TYPES.map((value) => ({ value, label: t(`surveys.types.${value}`) }))}
        />
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            change(addQuestion(file, type));
            onOpen(questions.length);
          }}
        >
          {t('surveys.editor.add')}
        </Button>
      </div>
    </section>
  );
}

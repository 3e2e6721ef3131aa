import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { ConditionField } from './condition-field';
import { idOf, isObject, type JsonObject, type Place, questionsOf, textIn, withValue } from './document';
import classes from './editor.module.css';
import { useEditing, useProblemAt } from './editor-context';
import { useProblemWords } from './problems';

const END = 'end';

/** Where to go on after a question: the first that holds counts. */
export function Skips({ at, question }: { at: number; question: JsonObject }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const place: Place = ['questions', at, 'skip'];
  const skips = Array.isArray(question.skip) ? question.skip : [];
  const all = questionsOf(file);
  const later = all.slice(at + 1);
  const write = (list: typeof skips) => change(withValue(file, place, list.length > 0 ? list : undefined));
  return (
    <section className={classes.rules} aria-label={t('surveys.editor.skip')}>
      <h3>{t('surveys.editor.skip')}</h3>
      {skips.map((skip, position) => {
        const of = isObject(skip) ? skip : {};
        const problem = problemAt([...place, position]);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a skip has no name but its place
          <div key={position} className={classes.skip}>
            <ConditionField
              label={t('surveys.editor.skipWhen')}
              condition={of.when}
              questions={all.slice(0, at + 1)}
              onChange={(condition) => change(withValue(file, [...place, position, 'when'], condition))}
            />
            <div className={classes.rule}>
              <NativeSelect
                size="xs"
                label={t('surveys.editor.skipTo')}
                value={typeof of.to === 'string' ? of.to : END}
                error={problem && words(problem)}
                onChange={(event) => change(withValue(file, [...place, position, 'to'], event.currentTarget.value))}
                data={[
                  ...later.map((each) => ({ value: idOf(each), label: textIn(each.text, language) || idOf(each) })),
                  { value: END, label: t('surveys.editor.skipEnd') },
                ]}
              />
              <Button
                variant="subtle"
                size="xs"
                aria-label={t('surveys.editor.removeSkip', { n: String(position + 1) })}
                onClick={() => write(skips.filter((_, other) => other !== position))}
              >
                {t('surveys.editor.removeRule')}
              </Button>
            </div>
          </div>
        );
      })}
      <Button variant="subtle" size="xs" className={classes.add} onClick={() => write([...skips, { to: END }])}>
        {t('surveys.editor.addSkip')}
      </Button>
    </section>
  );
}

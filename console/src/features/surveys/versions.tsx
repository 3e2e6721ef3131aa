import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useMay } from '@/api/session';
import { surveysQuery } from '@/features/listening/queries';
import { Icon } from '@/ui/icons';
import { saveBlob } from '@/ui/save';
import { ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { Problems } from './problems';
import { surveyQuery, versionQuery } from './queries';
import classes from './surveys.module.css';
import { checkFile, type SurveyCheck } from './use-check';

const LARGEST_FILE = 256 * 1024;

function saveFile(name: string, version: number, file: unknown) {
  saveBlob(`${name}-${version}.json`, new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }));
}

/** The file of the survey, now and before, and another one in its place. */
export function SurveyVersions({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const queries = useQueryClient();
  const load = useMutation({
    mutationFn: (version: number) => queries.fetchQuery(versionQuery(survey.id, version)),
    onSuccess: (file, version) => saveFile(survey.name, version, file),
  });
  const versions = Array.from({ length: survey.version }, (_, index) => survey.version - index);
  return (
    <div className={classes.column}>
      {may('manage_surveys') && <ImportFile survey={survey} />}
      <section className={`card ${classes.card}`}>
        <h2>{t('surveys.versions.title')}</h2>
        <p className="muted">{t('surveys.versions.say')}</p>
        {load.isError && <ProblemState error={load.error} isChange />}
        <ul className={classes.rows}>
          {versions.map((version) => (
            <li key={version}>
              <span>
                {t('surveys.versions.one', { n: format.number(version) })}
                {version === survey.version && <span className={classes.tag}>{t('surveys.versions.newest')}</span>}
              </span>
              <Button
                variant="subtle"
                size="xs"
                leftSection={<Icon name="download" size={14} />}
                loading={load.isPending && load.variables === version}
                aria-label={t('surveys.versions.saveOne', { n: format.number(version) })}
                onClick={() => load.mutate(version)}
              >
                {t('surveys.versions.save')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

interface Chosen {
  name: string;
  /** Absent where it is no JSON. */
  file?: unknown;
  check: SurveyCheck;
}

/** A file from this machine as the next version, with everything that is wrong with it before anything is kept. */
function ImportFile({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const read = useMutation({
    mutationFn: async (upload: File): Promise<Chosen> => {
      const refused = (code: string, detail: string): Chosen => ({
        name: upload.name,
        check: { problems: [{ place: '$', code, detail }], findings: [] },
      });
      if (upload.size > LARGEST_FILE) return refused('file_too_large', '');
      let file: unknown;
      try {
        file = JSON.parse(await upload.text());
      } catch (error) {
        return refused('invalid_json', String(error));
      }
      return { name: upload.name, file, check: await checkFile(file, format.language) };
    },
    onSuccess: setChosen,
  });
  const keep = useMutation({
    mutationFn: (file: unknown) =>
      answer(
        api.PUT('/api/v1/surveys/{id}', {
          params: { path: { id: survey.id }, query: { version: survey.version } },
          body: file as Record<string, never>,
        }),
      ),
    onSuccess: (changed) => {
      queries.setQueryData(surveyQuery(survey.id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: surveysQuery.queryKey, exact: true });
      setChosen(null);
      notifications.show({ message: t('surveys.versions.kept', { n: format.number(changed.version) }) });
    },
  });
  const isConflict = keep.isError && asProblem(keep.error).status === 409;
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('surveys.import.title')}</h2>
      <p className="muted">{t('surveys.import.say')}</p>
      <div className={classes.buttons}>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => {
            keep.reset();
            if (file) read.mutate(file);
          }}
        >
          {(props) => (
            <Button
              variant="default"
              leftSection={<Icon name="upload" size={14} />}
              loading={read.isPending}
              {...props}
            >
              {t('surveys.import.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      {read.isError && <ProblemState error={read.error} isChange />}
      {chosen && (
        <div className={classes.column} role="status">
          <h3>{chosen.name}</h3>
          <Problems problems={chosen.check.problems} findings={chosen.check.findings} />
          {chosen.check.problems.length === 0 && (
            <div className={classes.buttons}>
              <Button loading={keep.isPending} onClick={() => keep.mutate(chosen.file)}>
                {t('surveys.import.keep', { n: format.number(survey.version + 1) })}
              </Button>
            </div>
          )}
        </div>
      )}
      {keep.isError &&
        (isConflict ? <p role="alert">{t('surveys.conflict.say')}</p> : <ProblemState error={keep.error} isChange />)}
    </section>
  );
}

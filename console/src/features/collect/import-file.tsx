import { Button, Progress, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview, ImportReport } from '@/api/client';
import { Problem } from '@/api/problem';
import { upload } from '@/api/upload';
import { Icon } from '@/ui/icons';
import { Scrollable } from '@/ui/scrollable';
import { Answer, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { ImportResult } from './import-result';
import { columnsOf, isComplete, type Mapping, NEEDED, ROLES, readMapping, writeMapping } from './mapping';
import classes from './sources.module.css';

const HEAD_BYTES = 512 * 1024;
const FIRST_LINES = 5;

/** Brings a file in: drop it, see how it would be read, correct that, watch it go. */
export function ImportFile() {
  const [file, setFile] = useState<File | null>(null);
  if (!file) return <DropZone onFile={setFile} />;
  return (
    <ChosenFile key={`${file.name} ${file.lastModified} ${file.size}`} file={file} onAnother={() => setFile(null)} />
  );
}

function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <section
      className={classes.drop}
      data-over={isOver || undefined}
      aria-label={t('collect.import.drop')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      <Icon name="upload" size={22} />
      <h2>{t('collect.import.drop')}</h2>
      <p className="muted">{t('collect.import.dropSay')}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) onFile(chosen);
        }}
      />
      <Button variant="default" onClick={() => input.current?.click()}>
        {t('collect.import.choose')}
      </Button>
    </section>
  );
}

function address(path: string, parameters: Record<string, string>): string {
  return `${path}?${new URLSearchParams(parameters)}`;
}

interface Reading extends ImportPreview {
  /** Why the server could not tell what the columns are. */
  doubt?: string;
}

/** A table whose columns the server cannot tell can still be brought in by saying what they are. */
function unsure(error: unknown, header: string): Reading {
  const columns = columnsOf(header);
  if (!(error instanceof Problem) || error.status !== 400 || columns.length < 2) throw error;
  return { format: '', columns, mapping: '', is_guessed: false, reasons: [], doubt: error.detail };
}

function ChosenFile({ file, onAnother }: { file: File; onAnother: () => void }) {
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['imports', 'preview', file.name, file.size, file.lastModified],
    queryFn: async ({ signal }) => {
      const head = file.slice(0, HEAD_BYTES);
      const lines = (await head.text()).split(/\r?\n/).slice(0, FIRST_LINES);
      const read = await upload<Reading>(
        address('/api/v1/imports/preview', { file: file.name }),
        head,
        () => {},
        signal,
      ).catch((error: unknown) => unsure(error, lines[0] ?? ''));
      return { lines, read };
    },
    gcTime: 0,
  });
  return (
    <div className={classes.stack}>
      <div className={classes.bar}>
        <h2>{file.name}</h2>
        <Button variant="default" size="xs" onClick={onAnother}>
          {t('collect.import.another')}
        </Button>
      </div>
      <Answer query={preview} loading={<LoadingLines lines={5} />}>
        {({ lines, read }) => (
          <>
            <section>
              <h3>{t('collect.import.begins')}</h3>
              {read.format && <p className="small">{read.format}</p>}
              <Scrollable label={t('collect.import.begins')} className={`card ${classes.begins}`}>
                <pre>{lines.join('\n')}</pre>
              </Scrollable>
            </section>
            <ImportForm file={file} preview={read} />
          </>
        )}
      </Answer>
    </div>
  );
}

function ImportForm({ file, preview }: { file: File; preview: Reading }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const isCalls = preview.mapping == null;
  const [mapping, setMapping] = useState<Mapping>(() => readMapping(preview.mapping ?? ''));
  const [zone, setZone] = useState(format.timeZone);
  const [source, setSource] = useState(file.name);
  const [sent, setSent] = useState(0);
  const importing = useMutation({
    mutationFn: () =>
      upload<ImportReport>(
        address('/api/v1/imports', {
          file: file.name,
          source,
          time_zone: zone,
          ...(isCalls ? {} : { map: writeMapping(mapping, preview.columns) }),
        }),
        file,
        setSent,
      ),
    onSuccess: () => void queries.invalidateQueries(),
  });
  if (importing.data) return <ImportResult report={importing.data} />;
  const canStart = source.trim() !== '' && (isCalls || isComplete(mapping));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        importing.mutate();
      }}
    >
      {isCalls ? (
        <p>{t('collect.import.calls')}</p>
      ) : (
        <fieldset className={classes.mapping}>
          <legend>{t('collect.import.mapping')}</legend>
          {preview.doubt && <p>{t('collect.import.unsure')}</p>}
          <p className="small">
            {preview.is_guessed && `${t('collect.import.guessed')} `}
            {t('collect.import.rest')}
          </p>
          <div className={classes.roles}>
            {ROLES.map((role) => (
              <Select
                key={role}
                size="xs"
                label={t(`collect.import.roles.${role}`)}
                placeholder={t('collect.import.none')}
                required={NEEDED.includes(role)}
                clearable={!NEEDED.includes(role)}
                searchable
                data={[...new Set(preview.columns)].filter((column) => column !== '')}
                value={mapping.columns[role] ?? null}
                onChange={(column) =>
                  setMapping((before) => ({
                    ...(role === 'customer' ? {} : before),
                    columns: { ...before.columns, [role]: column ?? undefined },
                  }))
                }
              />
            ))}
          </div>
          {!isComplete(mapping) && <p role="alert">{t('collect.import.needed')}</p>}
        </fieldset>
      )}
      <div className={classes.roles}>
        <Select
          size="xs"
          label={t('collect.import.zone')}
          data={Intl.supportedValuesOf('timeZone')}
          limit={200}
          searchable
          value={zone}
          onChange={(value) => value && setZone(value)}
        />
        <TextInput
          size="xs"
          label={t('collect.import.source')}
          description={t('collect.import.sourceHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      </div>
      {importing.isError && <ProblemState error={importing.error} />}
      {importing.isPending ? (
        <div role="status">
          <Progress value={sent * 100} size="sm" aria-label={t('collect.import.start')} />
          <p className="small">
            {sent < 1 ? t('collect.import.sending', { share: format.share(sent) }) : t('collect.import.storing')}
          </p>
        </div>
      ) : (
        <div>
          <Button type="submit" disabled={!canStart}>
            {t('collect.import.start')}
          </Button>
        </div>
      )}
    </form>
  );
}

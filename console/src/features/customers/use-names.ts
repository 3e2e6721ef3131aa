import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_CHANNEL } from '@/app/scope';
import { es } from '@/locales/es';

type KnownChannel = keyof typeof es.customers.channels;
type KnownKind = keyof typeof es.customers.kinds;

/** Names of channels and kinds in the reader's language; what is not known keeps its own name. */
export function useNames() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      channel: (channel: string | null) =>
        channel === null || channel === NO_CHANNEL
          ? t('customers.relation.noChannel')
          : channel in es.customers.channels
            ? t(`customers.channels.${channel as KnownChannel}`)
            : channel,
      kind: (kind: string) => (kind in es.customers.kinds ? t(`customers.kinds.${kind as KnownKind}`) : kind),
      identifier: (kind: string) =>
        kind in es.customers.identifiers.kinds
          ? t(`customers.identifiers.kinds.${kind as keyof typeof es.customers.identifiers.kinds}`)
          : kind,
    }),
    [t],
  );
}

/** Channels as words of a sentence: `App, Tienda y Web`. */
export function useListedChannels(): (channels: readonly string[]) => string {
  const { i18n } = useTranslation();
  const names = useNames();
  return useCallback(
    (channels) =>
      new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(channels.map((each) => names.channel(each))),
    [i18n.language, names],
  );
}

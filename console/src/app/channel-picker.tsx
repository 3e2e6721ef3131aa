import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListedChannels } from '@/features/customers/use-names';
import { Icon } from '@/ui/icons';
import { LoadingLines } from '@/ui/states';
import { channelsQuery } from './channels';
import classes from './period-picker.module.css';
import { useScope } from './scope';

const ChannelChoices = lazy(() => import('./channel-choices').then((module) => ({ default: module.ChannelChoices })));

/** The channels of every analysis, in the address. As a chip in the bar, or as words of a sentence. */
export function ChannelPicker({ phrase, before }: { phrase?: string; before?: ReactNode }) {
  const { t } = useTranslation();
  const { channel = [] } = useScope();
  const listed = useListedChannels();
  const navigate = useNavigate();
  const query = useQuery(channelsQuery);
  // Whoever cannot be told the channels is not offered them; a choice that is in the address can be seen and taken back.
  if (query.isError && channel.length === 0) return null;
  const text = channel.length === 0 ? t(phrase ? 'frame.channels.phraseAll' : 'frame.channels.all') : listed(channel);
  return (
    <>
      {before}
      <ChannelPopover
        text={text}
        label={t('frame.channels.label')}
        phrase={phrase}
        chosen={channel}
        onChoose={(chosen) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, channel: chosen.length > 0 ? chosen : undefined }),
          })
        }
      />
    </>
  );
}

/** Words, or a chip, that open a list of channels. */
export function ChannelPopover({
  text,
  label,
  phrase,
  chosen,
  onChoose,
}: {
  text: string;
  label: string;
  phrase?: string;
  chosen: readonly string[];
  onChoose: (channels: string[]) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={phrase ?? classes.chip}
          onClick={() => setOpen((open) => !open)}
          aria-label={`${label}: ${text}`}
        >
          {!phrase && <Icon name="channels" size={14} />}
          {phrase ? text : <span className={classes['chip-text']}>{text}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label}>
        {isOpen && (
          <Suspense fallback={<LoadingLines lines={4} />}>
            <ChannelChoices label={label} chosen={chosen} onChoose={onChoose} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

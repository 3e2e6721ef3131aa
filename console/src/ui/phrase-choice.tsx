import { Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './phrase-choice.module.css';

/** Words of a sentence that open something to change them. */
export function Phrase({
  text,
  label,
  isMissing = false,
  className,
  look,
  children,
}: {
  text: ReactNode;
  label: string;
  /** How it looks, where it is not words. */
  className?: string;
  /** By what the scripts that look at pages find it. */
  look?: string;
  /** Whether the sentence still lacks these words. */
  isMissing?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={className ?? `${classes.word} ${isMissing ? classes.missing : ''}`}
          aria-label={typeof text === 'string' ? `${label}: ${text}` : label}
          onClick={() => setOpen((open) => !open)}
          data-look={look}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={label}>
        {isOpen && children(() => setOpen(false))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Words of a sentence that are one of a few. */
export function PhraseChoice<T extends string | number>({
  label,
  values,
  chosen,
  onChoose,
}: {
  label: string;
  values: readonly { value: T; text: string }[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <Phrase text={values.find(({ value }) => value === chosen)?.text ?? String(chosen)} label={label}>
      {(close) => (
        <ul className={classes.choices}>
          {values.map(({ value, text }) => (
            <li key={value}>
              <button
                type="button"
                aria-pressed={value === chosen}
                onClick={() => {
                  onChoose(value);
                  close();
                }}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Phrase>
  );
}

import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Scope } from '@/app/scope';
import { Answered } from './answered';
import { OtherState } from './compared';
import { NoEvents } from './no-events';
import { useAsked, useOther } from './use-explorer';

type Asking<T, K extends QueryKey> = UseQueryOptions<T, Error, T, K> & { queryKey: K };

/** The answer about what something is compared with, and how that is called in few words. */
export interface Beside<T> {
  answer: T;
  name: string;
}

/** An answer and, where it is compared with something, the same question's answer about that. */
export function AnsweredBeside<T, K extends QueryKey>({
  ask,
  askOther = ask,
  height,
  isEmpty = () => false,
  isOtherEmpty = isEmpty,
  children,
}: {
  ask: (scope: Scope) => Asking<T, K>;
  /** Where the other side is asked for more. */
  askOther?: (scope: Scope) => Asking<T, K>;
  height: number;
  isEmpty?: (answer: T) => boolean;
  isOtherEmpty?: (answer: T) => boolean;
  /** `compared` is there once both are about what is asked now. */
  children: (answer: T, compared: Beside<T> | null) => ReactNode;
}) {
  const other = useOther();
  const asking = ask(useAsked());
  const askingOther = askOther(other?.scope ?? {});
  const query = useQuery(asking);
  const then = useQuery({ ...askingOther, enabled: other !== null });
  const isOfNow = !then.isPlaceholderData && !query.isPlaceholderData;
  return (
    <Answered
      query={query}
      queryKey={asking.queryKey}
      other={other && { query: then, queryKey: askingOther.queryKey, name: other.name }}
      height={height}
      isEmpty={isEmpty}
      empty={<NoEvents />}
    >
      {(answer) => (
        <>
          {other && (
            <OtherState query={then} name={other.name} isEmpty={then.data !== undefined && isOtherEmpty(then.data)} />
          )}
          {children(
            answer,
            other && then.data !== undefined && isOfNow ? { answer: then.data, name: other.short } : null,
          )}
        </>
      )}
    </Answered>
  );
}

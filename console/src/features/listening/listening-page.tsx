import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Over } from '@/api/client';
import { NoEvents } from '@/features/journeys/no-events';
import { Answer, LoadingBlock } from '@/ui/states';
import { ListeningHead } from './listening-head';

/** A page of answers to one question: its head, the question, and what there is to say to it. */
export function ListeningPage<T extends { over: Over }>({
  page,
  question,
  query,
  children,
}: {
  page: 'scores' | 'drivers';
  question: ReactNode;
  query: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}) {
  return (
    <div className="page">
      <ListeningHead page={page} />
      {question}
      <Answer
        query={query}
        loading={<LoadingBlock height={420} />}
        isEmpty={({ over }) => over.events === 0}
        empty={<NoEvents />}
      >
        {children}
      </Answer>
    </div>
  );
}

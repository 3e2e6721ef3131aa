import type { ReactNode } from 'react';
import type { Over } from '@/api/client';
import { AnswerBar, type Save } from '@/ui/answer-bar';
import type { Term } from '@/ui/help';
import { useAsk, useExplorerSearch } from './use-explorer';

/** What stands over each picture of the explorer. */
export function ViewBar(bar: { over: Over; save: Save; help: Term; children?: ReactNode }) {
  const { table } = useExplorerSearch();
  const ask = useAsk();
  const handleTable = (isTable: boolean) => ask({ table: isTable ? true : undefined }, { replace: true });
  return <AnswerBar {...bar} isTable={table ?? false} onTable={handleTable} />;
}

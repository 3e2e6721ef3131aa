import { useQuery } from '@tanstack/react-query';
import type { Metric } from '@/api/client';
import { metricsQuery } from './queries';

const NONE: readonly Metric[] = [];

/** The metrics that the organisation defined; none while they are not known. */
export function useOwnMetrics(): readonly Metric[] {
  const { data } = useQuery({ ...metricsQuery, select: ({ metrics }) => metrics.filter((metric) => metric.is_own) });
  return data ?? NONE;
}

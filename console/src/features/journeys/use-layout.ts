import { useEffect, useRef, useState } from 'react';
import type { Layout, LayoutRequest } from './layout';
import type { LayoutDone, LayoutJob } from './layout.worker';

/** The arrangement of the latest request; until it is ready, the one before stays. */
export function useLayout(request: LayoutRequest): Layout | null {
  const [layout, setLayout] = useState<Layout | null>(null);
  const worker = useRef<Worker | null>(null);
  const latest = useRef(0);

  useEffect(() => {
    const arranger = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    arranger.addEventListener('message', ({ data }: MessageEvent<LayoutDone>) => {
      if (data.job === latest.current) setLayout(data.layout);
    });
    worker.current = arranger;
    return () => arranger.terminate();
  }, []);

  useEffect(() => {
    latest.current += 1;
    const job: LayoutJob = { job: latest.current, request };
    worker.current?.postMessage(job);
  }, [request]);

  return layout;
}

// Arranges maps beside the page, so that it never stops answering.
import { type Layout, type LayoutRequest, layOut } from './layout';

export interface LayoutJob {
  job: number;
  request: LayoutRequest;
}

export interface LayoutDone {
  job: number;
  layout: Layout;
}

self.addEventListener('message', ({ data }: MessageEvent<LayoutJob>) => {
  const done: LayoutDone = { job: data.job, layout: layOut(data.request) };
  self.postMessage(done);
});

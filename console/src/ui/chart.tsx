import { type ECharts, type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { textFont } from '@/app/text-font';

use([SVGRenderer]);

export interface ChartClick {
  dataType?: string;
  name: string;
  data: unknown;
}

/** A chart that follows its space. What it shows is told by `name` to those who do not see it, and by a table beside it. */
export function Chart({
  name,
  option,
  height,
  onClick,
  onReady,
}: {
  name: string;
  option: EChartsCoreOption;
  height: number;
  onClick?: (click: ChartClick | null) => void;
  onReady?: (chart: ECharts) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const handlers = useRef({ onClick, onReady });
  handlers.current = { onClick, onReady };

  useEffect(() => {
    if (!place.current) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    made.on('click', (event) => handlers.current.onClick?.(event as unknown as ChartClick));
    made.getZr().on('click', (event) => {
      if (!event.target) handlers.current.onClick?.(null);
    });
    handlers.current.onReady?.(made);
    const follow = new ResizeObserver(() => made.resize());
    follow.observe(place.current);
    return () => {
      follow.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    let isOutdated = false;
    // Texts are measured once: in another font their places would be wrong.
    void textFont().then(() => {
      if (!isOutdated) chart.current?.setOption(option, { notMerge: true });
    });
    return () => {
      isOutdated = true;
    };
  }, [option]);

  return <div ref={place} role="img" aria-label={name} style={{ height }} />;
}

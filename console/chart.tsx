import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

type Point = { readonly label: string; readonly value: number };

/** A row of figures over time or places. The same figures stand in a table beside it, for who cannot see it. */
export const Chart = ({
  label,
  unit,
  points,
  kind,
}: {
  readonly label: string;
  readonly unit: string;
  readonly points: readonly Point[];
  readonly kind: 'line' | 'bar';
}) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      grid: { left: 72, right: 16, top: 28, bottom: 28 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => `${Number(value).toLocaleString('zh-CN')} ${unit}`,
      },
      xAxis: { type: 'category', data: points.map((point) => point.label) },
      yAxis: { type: 'value', name: unit },
      series: [{ type: kind, data: points.map(({ value }) => value), itemStyle: { color: '#1758a8' } }],
    });
    const resized = (): void => chart.resize();
    window.addEventListener('resize', resized);
    return () => {
      window.removeEventListener('resize', resized);
      chart.dispose();
    };
  }, [points, unit, kind]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
};

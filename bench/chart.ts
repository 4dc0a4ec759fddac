import { init } from 'echarts';
import { type Delivered, perSession } from './deliveries.ts';

/** What a session costs against how many are delivered at once, as SVG on a ground of its own. */
export function chart(deliveries: readonly Delivered[]): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 420 });
  const axis = { nameLocation: 'middle', splitLine: { lineStyle: { color: '#e4e4e4' } } } as const;
  drawing.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: ['#b3401c', '#2f5f98'],
    title: { text: 'Cost of a session against the size of a delivery', left: 'center', top: 12 },
    legend: { top: 44, itemGap: 28 },
    grid: { left: 96, right: 36, top: 84, bottom: 64 },
    xAxis: { ...axis, type: 'log', name: 'sessions in a delivery', nameGap: 34 },
    yAxis: {
      ...axis,
      type: 'log',
      name: 'microseconds for each session',
      nameGap: 46,
      offset: 24,
    },
    series: [
      line(
        'This app',
        'top',
        deliveries.map(({ own, sessions }) => [sessions, perSession(own, sessions)]),
      ),
      line(
        'A bare app, which returns what it is given',
        'bottom',
        deliveries.map(({ other, sessions }) => [sessions, perSession(other, sessions)]),
      ),
    ],
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return `${svg}\n`;
}

function line(name: string, labels: 'top' | 'bottom', points: number[][]) {
  const data = points.map(([sessions = 0, cost = 0]) => [sessions, Number(cost.toFixed(1))]);
  return {
    name,
    data,
    type: 'line' as const,
    symbolSize: 8,
    lineStyle: { width: 3 },
    label: {
      show: true,
      position: labels,
      formatter: ({ value }: { value: unknown }) => String([value].flat()[1]),
    },
  };
}

import type { AnswerOf } from './api.ts';
import { useRead } from './desk-context.ts';
import { figureText } from './words.ts';

type Figure = AnswerOf<'listFigures'>['items'][number];

const WIDTH = 100;
const HEIGHT = 24;

/** How a figure went from month to month, as a line; its months and values stand in the drawer that the card opens. */
const Trend = ({ values }: { readonly values: readonly number[] }) => {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const points = values.map((value, index) => {
    const height = span > 0 ? (value - least) / span : 0.5;
    return `${(index * WIDTH) / (values.length - 1)},${HEIGHT - 2 - height * (HEIGHT - 4)}`;
  });
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
};

/** A key figure: what it comes to, how it went from month to month, and what it was in the period before. */
export const FigureCard = ({ figure, onOpen }: { readonly figure: Figure; readonly onOpen: () => void }) => {
  const { indicator, period, areaCode, value } = figure;
  const asked =
    value === undefined ? undefined : { params: { indicatorId: indicator.id }, query: { period, areaCode } };
  const { byMonth = [], before } = useRead('readFigure', asked).data ?? {};
  return (
    <button type="button" className="card" onClick={onOpen}>
      <span className="name">{indicator.name}</span>
      <span className={value === undefined ? 'value none' : 'value'}>
        {value === undefined ? '暂无数据' : figureText(value, indicator)}
      </span>
      {byMonth.length > 1 && <Trend values={byMonth.map((month) => month.value)} />}
      {before !== undefined && <span className="before">上一同等期间 {figureText(before, indicator)}</span>}
    </button>
  );
};

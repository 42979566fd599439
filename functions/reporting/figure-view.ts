import type * as z from 'zod';
import { type AreaCode, areaName } from '../../shared/area.ts';
import type { Figure } from './figure.ts';
import { type Indicator, units } from './indicator.ts';
import type { Period } from './period.ts';
import type { FigureView, IndicatorView } from './views.ts';

export const viewIndicator = (indicator: Indicator): z.input<typeof IndicatorView> => {
  const { id, name, unit, kind, definition, from } = indicator;
  return { id, name, unit, unitName: units[unit], kind, definition, from: from.map(({ type }) => type) };
};

export const viewFigure = (
  indicator: Indicator,
  period: Period,
  areaCode: AreaCode,
  figure: Figure,
): z.input<typeof FigureView> => ({
  indicator: viewIndicator(indicator),
  period: period.code,
  periodName: period.name,
  areaCode,
  areaName: areaName(areaCode),
  ...(figure.state === 'counted' ? { value: figure.value, facts: figure.facts } : {}),
});

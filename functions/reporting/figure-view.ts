import type * as z from 'zod';
import { type AreaCode, areaName } from '../../shared/area.ts';
import { programmes } from '../../shared/programme.ts';
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

/** Programmes that pay nothing through the bureau's runs, and the absence of one. */
const otherNames: Readonly<Record<string, string>> = {
  edge: '低保边缘',
  'rigid-expense': '刚性支出困难',
  'low-income': '低收入',
};

export const programmeName = (code: string | undefined): string =>
  code === undefined
    ? '不分项目'
    : (programmes.find((programme) => programme.code === code)?.name ?? otherNames[code] ?? code);

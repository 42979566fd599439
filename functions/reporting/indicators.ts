import { assistanceFigures } from './figures-assistance.ts';
import { disbursementFigures } from './figures-disbursement.ts';
import { institutionsFigures } from './figures-institutions.ts';
import { outreachFigures } from './figures-outreach.ts';
import { policyFigures } from './figures-policy.ts';
import { reliefFigures } from './figures-relief.ts';
import type { Indicator } from './indicator.ts';

/** Every figure there is. A context’s figures are one file; what was kept before it came is counted by `recountFigures`. */
export const indicators: readonly Indicator[] = [
  ...assistanceFigures,
  ...disbursementFigures,
  ...reliefFigures,
  ...outreachFigures,
  ...institutionsFigures,
  ...policyFigures,
];

export const indicatorFor = (id: string): Indicator | undefined =>
  indicators.find((indicator) => indicator.id === id);

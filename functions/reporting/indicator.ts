import type { AreaCode } from '../../shared/area.ts';
import type { EventValue, HappenedOf } from '../../shared/event.ts';
import type { Month } from '../../shared/month.ts';

/** What one event adds to one figure. Facts are never taken back: what is undone is a fact of its own with a negative value. */
export type Fact = {
  /** The month it counts for: of the benefit where there is one, else of the moment. */
  readonly month: Month;
  /** Where: a village, a town or, when nothing more is known, the district. */
  readonly areaCode: AreaCode;
  readonly programme?: string;
  /** What the figure is about, for the drill-down: a case number, a document number, a reserve. */
  readonly subject: string;
  /** In the unit of the indicator; money in 分. Whole numbers, so that sums do not depend on their order. */
  readonly value: number;
};

export const units = {
  fen: '元',
  households: '户',
  persons: '人',
  cases: '件',
  times: '人次',
  visits: '户次',
  homes: '家',
} as const;
export type Unit = keyof typeof units;

/** One kind of event and what it tells; the fold of an indicator is the sum of its facts. */
export type Source = {
  readonly type: string;
  readonly facts: (happened: HappenedOf<EventValue>) => readonly Fact[];
};

/** Many figures count one event: it is read once. */
const read = new WeakMap<object, unknown>();

/** Types the fold by its event. An event whose data do not fit throws: the store kept it, and it is a programmer's error. */
export const from = <E extends EventValue>(
  event: E,
  facts: (happened: HappenedOf<E>) => readonly Fact[],
): Source => ({
  type: event.type,
  facts: (happened) => {
    const known = read.get(happened) ?? event.schema.parse(happened);
    read.set(happened, known);
    return facts(known as HappenedOf<E>);
  },
});

/**
 * A figure as a value (rulebook K). A flow is what happened in a period, the sum of the facts in its months; a stock is what
 * there is at its end, the sum of all facts up to then. Both hold for every order of events.
 */
export type Indicator = {
  /** `<context>.<figure>`, e.g. `assistance.dibao-households-added`. */
  readonly id: `${string}.${string}`;
  readonly name: string;
  readonly unit: Unit;
  readonly kind: 'flow' | 'stock';
  /** One sentence, in Chinese, that an auditor can check. */
  readonly definition: string;
  readonly from: readonly Source[];
};

/** How much happens in a bureau in a month, for every thousand households on its register. */
const A_THOUSAND = {
  /** Applications that come to something, one of them after an objection. */
  approved: 2,
  died: 2,
  /** Deaths that a family reports months later. */
  diedUnreported: 0.6,
  foundJob: 0.6,
  incomeChanged: 1,
  reviewed: 3,
  urgentRelief: 0.5,
  smallRelief: 0.8,
  generalRelief: 0.4,
  accountBrought: 1.5,
};
export type Pace = Readonly<Record<keyof typeof A_THOUSAND, number>>;

/** At least one of each, so that everything happens in a small register too. */
export const paceOf = (households: number): Pace => {
  const names = Object.keys(A_THOUSAND) as (keyof Pace)[];
  const count = (name: keyof Pace) => Math.max(1, Math.round((A_THOUSAND[name] * households) / 1000));
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Pace;
};

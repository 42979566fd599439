import type * as z from 'zod';
import { between, type Chance, oneOf } from '../demo/chance.ts';
import type { Change } from '../functions/assistance/adjustment-change.ts';
import { decideAdjustment, proposeAdjustment } from '../functions/assistance/adjustment-routes.ts';
import { listReviewsDue, readCase } from '../functions/assistance/case-routes.ts';
import type { Member } from '../functions/assistance/facts.ts';
import { addMonths, type Month } from '../shared/month.ts';
import { numberFor, shipped } from '../shared/parameter.ts';
import type { Bureau } from './bureau.ts';
import { type Affected, type Families, type Family, isPaid, someMembers } from './family.ts';
import type { Pace } from './pace.ts';

/** What happens in households on the register, and how it is told, reviewed and decided (A.7). */

export type Reported = {
  readonly family: Family;
  readonly change: z.input<typeof Change>;
  readonly reason: string;
};

const LARGEST_PAGE = 200;
const bornIn = ({ born }: Pick<Member, 'born'>): number => Number(born.slice(0, 4));
const yuan = (amount: number): number => amount * 100;

/** A death on a day of a month. */
const died = ({ family, member }: Affected, month: Month, day: number): Reported => ({
  family,
  change: { cause: 'member-died', memberId: member.memberId, on: `${month}-${String(day).padStart(2, '0')}` },
  reason: '凭死亡医学证明办理',
});

const isOld = (member: Member): boolean => bornIn(member) <= 1955;

/** The old die; some families tell it only after two to four months, in which money was paid that is not theirs. */
const deathsIn = (
  families: Families,
  month: Month,
  chance: Chance,
  pace: Pace,
  spared: Set<string>,
): Reported[] => {
  const paid = [...families.values()].filter(isPaid);
  const told = someMembers(paid, chance, { count: pace.died, spared, holds: isOld });
  for (const { family } of told) spared.add(family.caseNo);
  // Of a household that goes on, so that what was paid too much can be taken from what is paid next.
  const late = someMembers(paid, chance, {
    count: pace.diedUnreported,
    spared,
    holds: (member, { facts }) => isOld(member) && facts.members.length > 1,
  });
  return [
    ...told.map((affected) => died(affected, month, between(chance, 1, 4))),
    ...late.map((affected) =>
      died(affected, addMonths(month, -between(chance, 2, 4)), between(chance, 1, 28)),
    ),
  ];
};

/** Somebody who could work and did not takes a job (A09, A63). */
const jobsIn = (
  families: Families,
  month: Month,
  chance: Chance,
  pace: Pace,
  spared: Set<string>,
): Reported[] =>
  someMembers(families.values(), chance, {
    count: pace.foundJob,
    spared,
    holds: ({ ableToWork, incomes }, { programme }) =>
      programme === 'dibao' && ableToWork && incomes.length === 0,
  }).map(({ family, member: { memberId } }) => ({
    family,
    change: { cause: 'job-found', memberId, since: month, monthlyFen: yuan(between(chance, 18, 25) * 100) },
    reason: '成员就业,凭劳动合同申报',
  }));

/** The incomes of a member, each a little more or less; what is left out for a time stays as it is. */
const otherIncomes = ({ incomes }: Member, chance: Chance): Member['incomes'] => {
  const factor = oneOf(chance, [0.7, 0.85, 1.1, 1.2]);
  return incomes.map((income) => ({
    ...income,
    monthlyFen: (Math.round((income.monthlyFen * factor) / 1000) * 1000) as typeof income.monthlyFen,
  }));
};

const hasPlainIncome = ({ incomes }: Member): boolean =>
  incomes.length > 0 && incomes.every(({ disregardFrom }) => disregardFrom === undefined);

const incomesIn = (families: Families, chance: Chance, pace: Pace, spared: Set<string>): Reported[] =>
  someMembers(families.values(), chance, {
    count: pace.incomeChanged,
    spared,
    holds: (member, { programme }) => programme === 'dibao' && hasPlainIncome(member),
  }).map(({ family, member }) => ({
    family,
    change: {
      cause: 'change-report',
      facts: { members: [{ memberId: member.memberId, incomes: otherIncomes(member, chance) }] },
    },
    reason: '家庭收入变化,主动报告',
  }));

/** What households tell in a month; none of them is told of twice, nor of one in `spared`. */
export const reportedIn = (
  families: Families,
  month: Month,
  chance: Chance,
  pace: Pace,
  spared: Set<string>,
): Reported[] => {
  const reported: Reported[] = [];
  for (const happen of [
    () => deathsIn(families, month, chance, pace, spared),
    () => jobsIn(families, month, chance, pace, spared),
    () => incomesIn(families, chance, pace, spared),
  ]) {
    reported.push(...happen());
    for (const { family } of reported) spared.add(family.caseNo);
  }
  return reported;
};

/** Whether income of a new job counts again from the next month on, so that the household is to be looked at now (A63). */
const countsAgainAfter = (month: Month, { facts }: Family): boolean => {
  const months = numberFor(shipped, 'dibao.job_disregard_months', month);
  return facts.members.some(({ incomes }) =>
    incomes.some(
      ({ disregardFrom }) => disregardFrom !== undefined && addMonths(disregardFrom, months - 1) === month,
    ),
  );
};

/** Who is looked at again in a month: whose time after taking a job is over, and of those who are due, as many as there is time for. */
export const reviewsIn = async (
  { clerk }: Bureau,
  families: Families,
  month: Month,
  pace: Pace,
  spared: ReadonlySet<string>,
): Promise<Reported[]> => {
  const query = { until: month, limit: LARGEST_PAGE };
  const { items } = await clerk(listReviewsDue, { query });
  const due = items.flatMap(({ caseNo }) => families.get(caseNo) ?? []);
  const ending = [...families.values()].filter((family) => countsAgainAfter(month, family));
  const reviewed = [...new Set([...ending, ...due.slice(0, pace.reviewed)])];
  return reviewed
    .filter(({ caseNo }) => !spared.has(caseNo))
    .map((family) => ({ family, change: { cause: 'review' }, reason: '定期复核,入户核实' }));
};

/** Who came onto the register of a programme and who left it. */
export type Flow = { readonly programme: Family['programme']; readonly households: 1 | -1 };

/** Each proposed in its town; they wait for somebody of the bureau. */
export const propose = (bureau: Bureau, reported: readonly Reported[]): Promise<string[]> =>
  Promise.all(
    reported.map(async ({ family: { caseNo, village }, change, reason }) => {
      const { clerk } = await bureau.town(village);
      const { adjustmentId } = await clerk(proposeAdjustment, {
        params: { caseNo },
        body: { change, reason },
      });
      return adjustmentId;
    }),
  );

/** Approves what was proposed, and lets the households know what they are now. */
export const approve = async (
  bureau: Bureau,
  adjustmentIds: readonly string[],
  families: Families,
): Promise<Flow[]> => {
  const flows: Flow[] = [];
  for (const adjustmentId of adjustmentIds) {
    const body = { decision: 'approve', reason: '情况属实,同意' } as const;
    const decided = await bureau.chief(decideAdjustment, { params: { adjustmentId }, body });
    const family = families.get(decided.caseNo);
    if (!family) throw new Error(`Nobody knows the case ${decided.caseNo}.`);
    if (decided.outcome.state === 'ended') {
      families.delete(family.caseNo);
      flows.push({ programme: family.programme, households: -1 });
    } else families.set(family.caseNo, await asKnown(bureau, family, family.caseNo));
    if (decided.newCaseNo === undefined) continue;
    const converted = await asKnown(bureau, family, decided.newCaseNo);
    families.set(converted.caseNo, converted);
    flows.push({ programme: converted.programme, households: 1 });
  }
  await bureau.settle();
  return flows;
};

const asKnown = async ({ clerk }: Bureau, family: Family, caseNo: string): Promise<Family> => {
  const { programme, facts } = await clerk(readCase, { params: { caseNo } });
  return { ...family, caseNo, programme, facts };
};

import type { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Month } from '../../shared/month.ts';
import { aidOf, type Case } from './case.ts';
import type { Determination } from './determination.ts';
import { aids } from './evaluate.ts';
import type { RegisterProgramme } from './evaluation.ts';
import { countedMembers, type HouseholdFacts } from './facts.ts';
import { householdOf } from './household.ts';
import type { Rules } from './rules.ts';
import type { Campaign } from './sweep.ts';
import type { Proposal } from './sweep-block.ts';

/** Aid paid once to everybody on the register (rulebook E01, E11): one person once, in the highest category. */

/** The determination that a case stood on in a month, as it was known at a moment; what was decided later changes nothing. */
export const standingIn = (
  { determinations }: Pick<Case, 'determinations'>,
  month: Month,
  asOf: Instant,
): Determination | undefined => {
  const standing = determinations.findLast(({ from, madeAt }) => from <= month && madeAt <= asOf);
  return standing?.kind === 'stop' ? undefined : standing;
};

/** A case as a campaign sees it: its category, and the persons in it. */
export type Counted = {
  readonly caseNo: string;
  readonly areaCode: AreaCode;
  readonly programme: RegisterProgramme;
  readonly version: number;
  /** By member id. */
  readonly persons: Readonly<Record<string, string>>;
};

/** Who of a household is on the register: the members that count, or of a single-person case those it is for (A31, A32). */
const onRegister = (known: Case, facts: HouseholdFacts, rules: Rules) =>
  known.single ? aids[aidOf(known)].beneficiaries(householdOf(facts, rules)) : countedMembers(facts);

export const countedIn = (known: Case, facts: HouseholdFacts, rules: Rules): Counted => {
  const { caseNo, areaCode, programme, version, identities } = known;
  const persons = onRegister(known, facts, rules).flatMap(({ memberId }) => {
    const identity = identities[memberId];
    return identity ? [[memberId, identity.person] as const] : [];
  });
  return { caseNo, areaCode, programme, version, persons: Object.fromEntries(persons) };
};

const rankIn = (campaign: Campaign, { programme }: Pick<Counted, 'programme'>): number => {
  const rank = campaign.amounts.findIndex((amount) => amount.programme === programme);
  return rank === -1 ? campaign.amounts.length : rank;
};

export const isIncluded = (campaign: Campaign, { programme }: Pick<Counted, 'programme'>): boolean =>
  campaign.amounts.some((amount) => amount.programme === programme);

/** Whether a person counts in another case rather than in this: a higher category goes first, of equals the lower number. */
const goesBefore = (campaign: Campaign, other: Counted, own: Counted): boolean => {
  const difference = rankIn(campaign, other) - rankIn(campaign, own);
  return difference < 0 || (difference === 0 && other.caseNo < own.caseNo);
};

/** What a case gets, after the persons that count in one of their other cases are left out; undefined when nobody is left. */
export const campaignProposal = (
  campaign: Campaign,
  own: Counted,
  others: readonly Counted[],
): Proposal | undefined => {
  const taken = new Set(
    others
      .filter((other) => isIncluded(campaign, other) && goesBefore(campaign, other, own))
      .flatMap(({ persons }) => Object.values(persons)),
  );
  const members = Object.entries(own.persons)
    .filter(([, person]) => !taken.has(person))
    .map(([memberId]) => memberId);
  const each = campaign.amounts.find(({ programme }) => programme === own.programme)?.amountFen ?? 0;
  const afterFen = campaign.per === 'household' ? each : each * members.length;
  if (members.length === 0 || afterFen === 0) return undefined;
  const { caseNo, areaCode, programme, version } = own;
  return { caseNo, areaCode, programme, version, persons: members.length, beforeFen: 0, afterFen, members };
};

/** Payments tell the campaigns of a case apart, and their order, by the count of their months: there is one of a kind a month. */
export const campaignNumber = (month: Month): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

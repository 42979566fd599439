import { amountFor } from '../functions/assistance/evaluate.ts';
import { HouseholdFacts, selfCareItems } from '../functions/assistance/facts.ts';
import { rulesFor } from '../functions/assistance/rules.ts';
import { qualifiesForFullAmount } from '../functions/assistance/top-up.ts';
import { birthDateOf, sexOf } from '../shared/identity-number.ts';
import { shipped } from '../shared/parameter.ts';
import { type AmountIn, FULL_AMOUNT_FROM } from './amount.ts';
import { type DemoHousehold, type DemoMember, incomeKindOf, isUrban, type Support } from './household.ts';

/** A household of the demo district as the rules see it. */

/** What children outside the household have a head: below one and a half of every standard, or with property of their own. */
const supporters: Readonly<Record<Support, readonly unknown[]>> = {
  nobody: [],
  unable: [{ relation: 'child', perCapitaMonthlyFen: 0 }],
  able: [{ relation: 'child', perCapitaMonthlyFen: 0, overPropertyLine: true }],
};

const incomesOf = (household: Pick<DemoHousehold, 'support'>, member: DemoMember): unknown[] =>
  member.incomeYuan === 0
    ? []
    : [{ kind: incomeKindOf(household, member), monthlyFen: member.incomeYuan * 100 }];

const memberOf = (household: Pick<DemoHousehold, 'support'>, member: DemoMember, index: number): unknown => {
  const { person, relation, ableToWork, disability, seriousIllness, failedItems } = member;
  return {
    memberId: `m${index + 1}`,
    relation,
    sex: sexOf(person.identityNumber),
    born: birthDateOf(person.identityNumber),
    ableToWork,
    disability,
    seriousIllness,
    incomes: incomesOf(household, member),
    ...(failedItems === undefined ? {} : { unableTo: selfCareItems.slice(0, failedItems) }),
  };
};

/** A household as it is when it applies: nothing was ever decided about it. */
export const plainFacts = (
  household: Pick<DemoHousehold, 'village' | 'members' | 'support' | 'form'>,
): HouseholdFacts =>
  HouseholdFacts.parse({
    areaCode: household.village,
    residence: isUrban(household.village) ? 'urban' : 'rural',
    members: household.members.map((member, index) => memberOf(household, member, index)),
    supporters: supporters[household.support],
    destitute: household.form && { form: household.form },
  });

/** Everything that is ever known of a household; what begins later than a month counts for nothing in it. */
export const factsOf = (household: DemoHousehold): HouseholdFacts => {
  const facts = plainFacts(household);
  if (household.programme !== 'dibao') return facts;
  const rules = rulesFor(shipped, FULL_AMOUNT_FROM);
  return {
    ...facts,
    members: facts.members.map((member) =>
      qualifiesForFullAmount(member, facts, rules) ? { ...member, fullAmountFrom: FULL_AMOUNT_FROM } : member,
    ),
  };
};

/** What the rules give a household by its facts, in whole yuan. */
export const amountBy =
  ({ programme }: Pick<DemoHousehold, 'programme'>, facts: HouseholdFacts): AmountIn =>
  (month) =>
    amountFor(facts, programme, month, shipped).amountFen / 100;

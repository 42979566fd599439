import { type Step, yuan } from '../../shared/explanation.ts';
import { admission } from './admission.ts';
import { type Aid, type Condition, calculation } from './condition.ts';
import { notDestitute } from './destitute.ts';
import { isDibao } from './dibao.ts';
import type { Member } from './facts.ts';
import { aloneIn, type Household, isMentallyDisabled, isMinor, isSeverelyDisabled } from './household.ts';
import { isEdge } from './low-edge.ts';
import { propertyWithin } from './property.ts';
import { topUpFen, topUpSteps } from './top-up.ts';

/**
 * 单人户低保 (rulebook A32): one member of a household that gets no allowance is treated as a household of his own. The third
 * case, a religious person in a religious site, is no member of a household (A31) and applies like any person living alone.
 */

/** (a) In a low-edge family: severely disabled, grade 3 mentally disabled, or seriously ill. */
const isWeakInEdge = (member: Member): boolean =>
  isSeverelyDisabled(member) || isMentallyDisabled(member, 3) || member.seriousIllness;

/** Whether parents or siblings of a member are counted with him; relations are told as seen from the head. */
const livesOnFamily = (member: Member, members: readonly Member[]): boolean => {
  switch (member.relation) {
    case 'child':
      return members.some(({ relation }) => relation === 'head' || relation === 'spouse');
    case 'sibling':
      return members.some(({ relation }) => relation === 'head' || relation === 'parent');
    case 'head':
      return members.some(({ relation }) => relation === 'parent' || relation === 'sibling');
    case 'grandchild':
      return members.some(({ relation }) => relation === 'child');
    default:
      return false;
  }
};

/** (b) An adult who lives on parents or siblings: severely disabled, or mentally down to grade 4. */
const isWeakAdult = (member: Member, household: Household): boolean =>
  !isMinor(member, household.rules) &&
  (isSeverelyDisabled(member) || isMentallyDisabled(member, 4)) &&
  livesOnFamily(member, household.members);

/** Those who may stand alone and whose own income is below the standard; cheap to ask, because few have a certificate. */
const singlePersons = (household: Household): readonly Member[] => {
  const { members, rules, persons } = household;
  if (persons < 2) return [];
  let inEdge: boolean | undefined;
  return members.filter((member) => {
    if (!member.disability && !member.seriousIllness) return false;
    inEdge ??= isEdge(household);
    const mayStandAlone = (inEdge && isWeakInEdge(member)) || isWeakAdult(member, household);
    return mayStandAlone && aloneIn(household, member).income.totalFen < rules.standardFen;
  });
};

const householdWithoutAllowance: Condition = {
  rule: 'A32',
  title: '家庭不属低保对象',
  holds: (household) => !isDibao(household),
  text: (household) => (isDibao(household) ? '全家符合低保条件,按户保障' : '全家不符合低保条件'),
  reason: 'became-dibao',
};

const hasSinglePerson: Condition = {
  rule: 'A32',
  title: '可视为单人户的成员',
  parameters: ['dibao.standard'],
  holds: (household) => singlePersons(household).length > 0,
  text: (household) => {
    const number = singlePersons(household).length;
    return number > 0
      ? `本人收入低于 ${yuan(household.rules.standardFen)}的重残、重病或智力精神残疾成员 ${number} 人`
      : `无本人收入低于 ${yuan(household.rules.standardFen)}的重残、重病或智力精神残疾成员`;
  },
  reason: 'over-income',
};

const householdsOf = (household: Household): Household[] =>
  singlePersons(household).map((member) => aloneIn(household, member));

const stepsOf = (alone: Household): Step[] => [
  calculation(alone.rules, 'A05', '本人月收入', yuan(alone.income.totalFen)),
  ...topUpSteps(alone),
];

export const singlePerson: Aid = {
  code: 'dibao-single',
  admission,
  conditions: [notDestitute, householdWithoutAllowance, hasSinglePerson, ...propertyWithin],
  beneficiaries: singlePersons,
  amountFen: (household) => householdsOf(household).reduce((sum, alone) => sum + topUpFen(alone), 0),
  basis: () => [],
  amountSteps: (household) => householdsOf(household).flatMap(stepsOf),
  summary: (household) => `${singlePersons(household).length} 人可视为单人户`,
};

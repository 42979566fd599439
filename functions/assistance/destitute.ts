import { yuan } from '../../shared/explanation.ts';
import { admission } from './admission.ts';
import { supportFen, supportSteps } from './care.ts';
import { type Aid, type Condition, calculation, isFor, perHeadText } from './condition.ts';
import type { HouseholdFacts, Member } from './facts.ts';
import { ageIn, type Household, isMinor } from './household.ts';
import { incomeSteps } from './income-explanation.ts';
import { propertyWithin } from './property.ts';
import type { Rules } from './rules.ts';

/**
 * 特困人员 (rulebook B01–B03): the old, the disabled and minors without capacity to work, means or anybody who owes them
 * support. All counted members must be so: whoever can work and lives with them is himself the support they have.
 */

/**
 * The grade down to which a disability takes away the capacity to work, 0 where none does (B02). Of multiple disabilities the
 * certificate does not say which they are, so they count only as far as the strictest category does.
 */
const gradeFor = (category: NonNullable<Member['disability']>['category'], rules: Rules): number => {
  switch (category) {
    case 'intellectual':
    case 'psychiatric':
      return rules.gradeOfMental;
    case 'physical':
      return rules.gradeOfPhysical;
    case 'vision':
    case 'multiple':
      return rules.gradeOfVision;
    case 'hearing':
    case 'speech':
      return 0;
  }
};

const isUnableToWork = (member: Member, { destitute }: HouseholdFacts, rules: Rules): boolean => {
  const age = ageIn(member, rules);
  const { disability, student } = member;
  if (age >= rules.agedFrom || age < rules.minorAge) return true;
  if (disability && disability.grade <= gradeFor(disability.category, rules)) return true;
  // Supported as a minor and still at school: kept until school ends (B01).
  return (
    destitute !== undefined && rules.keepsStudents && (student === 'compulsory' || student === 'high-school')
  );
};

const ableToWork = ({ members, facts, rules }: Household): number =>
  members.filter((member) => !isUnableToWork(member, facts, rules)).length;

const withoutCapacity: Condition = {
  rule: 'B02',
  title: '无劳动能力',
  parameters: [
    'destitute.aged',
    'destitute.minor_age',
    'destitute.grade.mental',
    'destitute.grade.physical',
    'destitute.grade.vision',
    'destitute.students',
  ],
  holds: (household) => ableToWork(household) === 0,
  text: (household) => {
    const able = ableToWork(household);
    return able === 0
      ? `${household.persons} 人均无劳动能力`
      : `${household.persons} 人中 ${able} 人不属无劳动能力`;
  },
  reason: 'regained-capacity',
};

const withoutIncome: Condition = {
  rule: 'B03',
  title: '无生活来源',
  parameters: ['dibao.standard'],
  holds: ({ income, persons, rules }) => income.totalFen < rules.standardFen * persons,
  text: ({ income, persons, rules }) =>
    `人均月收入 ${perHeadText(income.totalFen, persons)} ${income.totalFen < rules.standardFen * persons ? '<' : '≥'} ${yuan(rules.standardFen)}`,
  reason: 'over-income',
};

/** Stricter than A35: a poor supporter is a supporter; only one who is himself in such need is none. */
const withoutSupporter: Condition = {
  rule: 'B01',
  title: '无法定义务人或其无履行能力',
  holds: ({ facts }) => facts.supporters.every(({ unable }) => unable === true),
  text: ({ facts: { supporters } }) => {
    const able = supporters.filter(({ unable }) => unable !== true).length;
    if (supporters.length === 0) return '无法定赡养、抚养、扶养义务人';
    return able === 0
      ? `法定义务人 ${supporters.length} 人均无履行能力`
      : `有履行能力的法定义务人 ${able} 人`;
  },
  reason: 'supporter-able',
};

export const destitute: Aid = {
  code: 'destitute',
  admission,
  conditions: [withoutCapacity, withoutIncome, withoutSupporter, ...propertyWithin],
  beneficiaries: ({ members }) => members,
  amountFen: supportFen,
  basis: incomeSteps,
  amountSteps: (household) => {
    const { members, rules } = household;
    const orphanFirst = members.some((member) => isMinor(member, rules))
      ? [calculation(rules, 'B14', '衔接', '未成年人符合孤儿、事实无人抚养儿童条件的,优先纳入孤困儿童保障')]
      : [];
    return [...supportSteps(household), ...orphanFirst];
  },
  summary: ({ persons }) => `${persons} 人无劳动能力、无生活来源、无人供养`,
};

const isDestitute = (household: Household): boolean => isFor(destitute, household);

/** One person, one programme: whoever is recognised as destitute, and still is, gets no other basic help (B14). */
export const notDestitute: Condition = {
  rule: 'B14',
  title: '未享受特困供养',
  holds: (household) => household.facts.destitute === undefined || !isDestitute(household),
  text: (household) =>
    household.facts.destitute !== undefined && isDestitute(household)
      ? '已认定为特困人员,不重复享受'
      : '未享受特困人员救助供养',
  reason: 'became-destitute',
};

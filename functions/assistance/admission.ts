import type { Condition } from './condition.ts';
import type { HouseholdFacts, NotCounted } from './facts.ts';
import type { Household } from './household.ts';

const notCountedNames: Readonly<Record<NotCounted, string>> = {
  independent: '已独立生活',
  religious: '出家修行满三年',
  imprisoned: '服刑',
  rehabilitation: '强制隔离戒毒',
  missing: '宣告失踪',
  conscript: '服义务兵役',
  died: '死亡',
  'moved-away': '户籍迁出',
};

const countsText = (reasons: readonly NotCounted[]): string =>
  [...new Set(reasons)]
    .map((reason) => `${notCountedNames[reason]} ${reasons.filter((other) => other === reason).length} 人`)
    .join('、');

/** Who is counted and who is not, and why; nobody is named. */
const membersText = ({ facts, persons }: Household): string => {
  const leftOut = facts.members.flatMap(({ notCounted }) => notCounted ?? []);
  return leftOut.length === 0
    ? `共同生活的家庭成员 ${persons} 人`
    : `家庭成员 ${facts.members.length} 人,不计入 ${leftOut.length} 人(${countsText(leftOut)}),计 ${persons} 人`;
};

const hukouNames: Readonly<Record<HouseholdFacts['hukou'], string>> = {
  local: '本地户籍',
  'residence-permit': '持居住证',
  elsewhere: '户籍不在本地',
};

/** Whoever A31 leaves out is not counted. */
const hasMembers: Condition = {
  rule: 'A30',
  title: '计入人口',
  holds: ({ persons }) => persons > 0,
  text: membersText,
  reason: undefined,
};
/** Help is asked for where one is registered; a county may let in holders of a residence permit (A16). */
const belongsHere: Condition = {
  rule: 'A03',
  title: '户籍',
  parameters: ({ facts }) => (facts.hukou === 'residence-permit' ? ['dibao.residence_permit_holders'] : []),
  holds: ({ facts: { hukou }, rules }) =>
    hukou === 'local' || (hukou === 'residence-permit' && rules.residencePermitHolders),
  text: ({ facts: { hukou }, rules }) =>
    hukou === 'residence-permit' && !rules.residencePermitHolders
      ? '持居住证,本地尚未开放居住证持有人申请'
      : hukouNames[hukou],
  reason: 'moved-away',
};
const letsItselfBeChecked: Condition = {
  rule: 'A11',
  title: '配合核查',
  holds: ({ facts }) => !facts.refusesCheck,
  text: ({ facts }) => (facts.refusesCheck ? '拒绝配合经济状况核查' : '已授权并配合经济状况核查'),
  reason: 'refused-check',
};

/** What every programme of the register asks first. */
export const admission: readonly Condition[] = [hasMembers, belongsHere, letsItselfBeChecked];

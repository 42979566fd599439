import type { Disability } from '../functions/assistance/facts.ts';
import { relationNames } from '../functions/assistance/facts.ts';
import { type Column, columns } from '../functions/assistance/register-row.ts';
import type { Month } from '../shared/month.ts';
import {
  type AmountIn,
  changesBetween,
  changesIn,
  FIRST_MONTH,
  FULL_AMOUNT_FROM,
  inForceSince,
  mistakenAmount,
} from './amount.ts';
import { DIBAO_HOUSEHOLDS, demoDistrict } from './district.ts';
import { type DemoHousehold, type DemoMember, incomeKindOf, isUrban } from './household.ts';
import { amountBy, factsOf } from './household-facts.ts';

/** The register of the demo district as its townships would send it: one row for each member of a household. */

const programmes: Readonly<Record<DemoHousehold['programme'], string>> = {
  dibao: '低保',
  destitute: '特困',
  edge: '低保边缘',
};
const disabilities: Readonly<Record<Disability['category'], string>> = {
  vision: '视力',
  hearing: '听力',
  speech: '言语',
  physical: '肢体',
  intellectual: '智力',
  psychiatric: '精神',
  multiple: '多重',
};
const incomeKinds = { wage: '工资', transfer: '养老金', maintenance: '赡养费' };
const supports: Readonly<Record<DemoHousehold['support'], string>> = { nobody: '', unable: '无', able: '有' };

type Cells = Readonly<Partial<Record<Column, string | number | undefined>>>;

/** What is told once for a household, in the row of its head. */
const householdCells = (
  { village, support, form, account }: DemoHousehold,
  amountIn: AmountIn,
  month: Month,
): Cells => ({
  areaCode: village,
  residence: isUrban(village) ? '城镇' : '农村',
  amount: amountIn(month),
  from: inForceSince(amountIn, month),
  supporter: supports[support],
  supportForm: form && (form === 'institution' ? '集中' : '分散'),
  account: account?.account,
  accountName: account?.holder,
  bank: account?.bank,
});

const memberCells = (household: DemoHousehold, member: DemoMember, hasFullAmount: boolean): Cells => {
  const { person, relation, incomeYuan, ableToWork, disability, seriousIllness, failedItems } = member;
  return {
    programme: programmes[household.programme],
    caseNo: household.caseNo,
    relation: relationNames[relation],
    name: person.name,
    identityNumber: person.identityNumber,
    income: incomeYuan === 0 ? '' : incomeYuan,
    incomeKind: incomeYuan === 0 ? '' : incomeKinds[incomeKindOf(household, member)],
    ability: ableToWork ? '有' : '无',
    disability: disability && disabilities[disability.category],
    grade: disability?.grade,
    illness: seriousIllness ? '是' : '',
    fullAmount: hasFullAmount ? '是' : '',
    unableTo: failedItems,
    phone: person.phone,
  };
};

/** Nothing invented here contains a comma or a quote. */
const rowOf = (cells: Cells): string =>
  (Object.keys(columns) as Column[]).map((column) => cells[column] ?? '').join(',');

/**
 * The register of the demo district for a month, as CSV text: by seed always the same families, with the amounts the rules give
 * them in that month. `households` says how many are on the allowance; destitute and low-edge households are in proportion.
 */
export const demoRegister = (month: Month, seed = 1, households = DIBAO_HOUSEHOLDS): string => {
  if (month < FIRST_MONTH) throw new RangeError(`The demo district begins in ${FIRST_MONTH}.`);
  const district = demoDistrict(seed, households);
  const rows = district.households.flatMap((household) => {
    const facts = factsOf(household);
    const amountIn = district.mistyped.has(household.caseNo) ? mistakenAmount : amountBy(household, facts);
    return household.members.map((member, index) => {
      const { fullAmountFrom } = facts.members[index] ?? {};
      return rowOf({
        ...memberCells(household, member, fullAmountFrom !== undefined && fullAmountFrom <= month),
        ...(index === 0 ? householdCells(household, amountIn, month) : {}),
      });
    });
  });
  return `${[Object.values(columns).join(','), ...rows].join('\n')}\n`;
};

/** What a sweep is to bring to the register, from a month on. */
export type RegisterChange = { readonly month: Month; readonly kind: 'standard' | 'full-amount' };

/** The months after one and up to another in which the rules give somebody on the register another amount, and by what. */
export const registerChanges = (
  after: Month,
  until: Month,
  seed = 1,
  count = DIBAO_HOUSEHOLDS,
): RegisterChange[] => {
  const { households } = demoDistrict(seed, count);
  const amounts = households.map((household) => amountBy(household, factsOf(household)));
  return changesBetween(after, until)
    .filter((month) => amounts.some((amountIn) => changesIn(amountIn, month)))
    .map((month) => ({ month, kind: month === FULL_AMOUNT_FROM ? 'full-amount' : 'standard' }));
};

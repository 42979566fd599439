import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen, yuanText } from '../../shared/money.ts';
import { type HouseholdFacts, IncomeKind } from './facts.ts';

/**
 * The electronic check of a household's means (信息核对, S1 art. 49): which registers are asked about whom, and what comes back.
 * The province's platform answers by `recordIncomeCheck`; on one machine a simulator does. Neither knows the other.
 */

/** 户籍 车辆 房产 社保 公积金 税务 工商 银行 证券 保险 (A.6). */
export const registers = [
  'household',
  'vehicle',
  'property',
  'social-insurance',
  'housing-fund',
  'tax',
  'business',
  'bank',
  'securities',
  'insurance',
] as const;
export const Register = z.enum(registers).meta({ id: 'Register' });
export const registerNames: Readonly<Record<z.infer<typeof Register>, string>> = {
  household: '户籍',
  vehicle: '车辆',
  property: '房产',
  'social-insurance': '社保',
  'housing-fund': '公积金',
  tax: '税务',
  business: '工商',
  bank: '银行',
  securities: '证券',
  insurance: '保险',
};

const number = z.int().min(0);

/** What the registers know. `property` is of the whole household; what no register was asked for is left out. */
export const Found = z.object({
  incomes: z
    .array(z.object({ memberId: z.string(), kind: IncomeKind, monthlyFen: Fen, register: Register }))
    .max(300),
  property: z.object({
    moneyFen: Fen.optional(),
    vehicles: number.optional(),
    homes: number.optional(),
    businessPremises: number.optional(),
    companyCapitalFen: Fen.optional(),
  }),
  unanswered: z.array(Register).default([]).meta({ description: 'Registers that gave no answer.' }),
});
export type Found = z.output<typeof Found>;

export const Difference = z
  .object({
    memberId: z.string().optional().meta({ description: 'Absent for the property of the household.' }),
    field: z.string().meta({ examples: ['wage', 'moneyFen'] }),
    declared: z.int(),
    found: z.int(),
    text: z.string().meta({ description: 'In Chinese, with both numbers.' }),
  })
  .meta({ id: 'Difference' });
export type Difference = z.output<typeof Difference>;

export const IncomeCheck = z.object({
  requestId: z.string(),
  applicationNo: z.string(),
  areaCode: AreaCode,
  state: z.enum(['requested', 'returned']),
  registers: z.array(Register),
  memberIds: z.array(z.string()),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string(),
  returnedAt: z.iso.datetime().optional(),
  returnedBy: z.string().optional(),
  found: Found.optional(),
  differences: z.array(Difference).default([]),
  version: z.int().min(1),
});
export type IncomeCheck = z.output<typeof IncomeCheck>;

const incomeNames: Readonly<Partial<Record<IncomeKind, string>>> = {
  wage: '工资性收入',
  business: '经营净收入',
  property: '财产净收入',
  transfer: '转移净收入',
  maintenance: '赡(抚、扶)养费',
  other: '其他收入',
};

/** Sums by member and kind, before deductions: registers know what was paid, not what it cost. */
const sumsOf = (
  incomes: readonly { readonly memberId: string; readonly kind: IncomeKind; readonly monthlyFen: number }[],
) => {
  const sums = new Map<string, number>();
  for (const { memberId, kind, monthlyFen } of incomes) {
    const key = `${memberId} ${kind}`;
    sums.set(key, (sums.get(key) ?? 0) + monthlyFen);
  }
  return sums;
};

const incomeDifferences = (facts: HouseholdFacts, found: Found): Difference[] => {
  const declared = sumsOf(
    facts.members.flatMap(({ memberId, incomes }) => incomes.map((income) => ({ ...income, memberId }))),
  );
  return [...sumsOf(found.incomes)].flatMap(([key, foundFen]) => {
    const [memberId = '', kind = ''] = key.split(' ');
    const declaredFen = declared.get(key) ?? 0;
    if (foundFen === declaredFen) return [];
    const name = incomeNames[kind as IncomeKind] ?? '不计入的收入';
    const text = `成员 ${memberId} ${name}:申报每月 ${yuanText(declaredFen)} 元,核对为 ${yuanText(foundFen)} 元`;
    return [{ memberId, field: kind, declared: declaredFen, found: foundFen, text }];
  });
};

const propertyFields = {
  moneyFen: ['货币财产', '元'],
  vehicles: ['机动车船', '辆(艘)'],
  homes: ['住房', '套'],
  businessPremises: ['经营性用房', '处'],
  companyCapitalFen: ['经商办企业出资额', '元'],
} as const;

const propertyDifferences = ({ property }: HouseholdFacts, found: Found): Difference[] =>
  (Object.keys(propertyFields) as (keyof typeof propertyFields)[]).flatMap((field) => {
    const [declared, known] = [property[field], found.property[field]];
    if (known === undefined || known === declared) return [];
    const [name, unit] = propertyFields[field];
    const shown = (value: number) => (unit === '元' ? yuanText(value) : String(value));
    const text = `${name}:申报 ${shown(declared)} ${unit},核对为 ${shown(known)} ${unit}`;
    return [{ field, declared, found: known, text }];
  });

/**
 * Where the registers contradict what was declared. Income that was declared and that no register knows is no contradiction:
 * casual work and maintenance are in none of them.
 */
export const differencesOf = (facts: HouseholdFacts, found: Found): Difference[] => [
  ...incomeDifferences(facts, found),
  ...propertyDifferences(facts, found),
];

import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';

/** What was decided for a case, once and for good; a change makes the next determination (rulebook 0.3.2). */

/** 新增, 增发, 减发, 停发, 恢复. */
export const DeterminationKind = z
  .enum(['new', 'increase', 'decrease', 'stop', 'resume'])
  .meta({ id: 'DeterminationKind' });
export type DeterminationKind = z.infer<typeof DeterminationKind>;
export const kindNames: Readonly<Record<DeterminationKind, string>> = {
  new: '新增',
  increase: '增发',
  decrease: '减发',
  stop: '停发',
  resume: '恢复',
};

/** Why: reasons for help, for a change, and for its end (rulebook A65, B13). */
export const reasonNames = {
  application: '申请批准',
  register: '原有名册登记',
  'standard-raised': '标准调整',
  'aged-without-support': '提标-高龄无供养',
  'income-changed': '收入变化',
  'members-changed': '家庭人口变化',
  'property-changed': '财产变化',
  'care-tier-changed': '生活自理能力等级变化',
  'took-job': '就业渐退',
  'gradual-exit-ended': '渐退期满',
  died: '死亡',
  'over-income': '收入超标',
  'over-property': '财产超标',
  'became-destitute': '转特困',
  'became-edge': '转低保边缘',
  'became-dibao': '转低保',
  'regained-capacity': '具备劳动能力',
  'supporter-able': '供养人具备供养能力',
  missing: '宣告失踪',
  'moved-away': '户籍迁出',
  'moved-within': '区内迁移',
  imprisoned: '服刑',
  'gave-up': '主动放弃',
  'refused-check': '拒绝核查',
  'refused-job': '拒绝就业',
  fraud: '骗取',
  merged: '家庭合并',
  corrected: '更正',
} as const;
export type ReasonCode = keyof typeof reasonNames;
const reasonCodes = Object.keys(reasonNames) as [ReasonCode, ...ReasonCode[]];
export const ReasonCode = z.enum(reasonCodes).meta({ id: 'ReasonCode' });

/** An amount of 0 with no `to` stops payment; the household may still be on the register (edge). */
export const Determination = z.object({
  number: z.int().min(1).meta({ description: 'The case’s first, second, third …' }),
  kind: DeterminationKind,
  reason: ReasonCode,
  from: Month.meta({ description: 'The first benefit month it holds for.' }),
  amountFen: Fen,
  persons: z.int().min(0),
  factsVersion: z.int().min(1).meta({ description: 'The facts it was made from.' }),
  madeAt: z.iso.datetime(),
  maker: z.string(),
  checkers: z.array(z.string()),
  origin: z.string().meta({ examples: ['application/330702-SQ-2021-000001', 'sweep/standard-2021-07'] }),
  /** Where the household lived. */
  areaCode: AreaCode,
  note: z.string().optional().meta({ description: 'Written reasons; mandatory for a stop (A11, A62).' }),
});
export type Determination = z.output<typeof Determination>;
/** A determination as officers see it. */
export const DeterminationView = Determination.extend({
  kindName: z.string().meta({ examples: ['增发'] }),
  reasonName: z.string().meta({ examples: ['收入变化'] }),
}).meta({ id: 'DeterminationView' });

/** What is decided, before the case gives it its number and place. */
export type Decided = Omit<Determination, 'number' | 'areaCode'>;

/** The determination in force for a benefit month: the newest that begins no later. */
export const determinationFor = (
  determinations: readonly Determination[],
  month: Month,
): Determination | undefined => determinations.findLast(({ from }) => from <= month);

/** What a new amount means beside the old one. */
export const kindOf = (
  before: Pick<Determination, 'amountFen' | 'kind'> | undefined,
  amountFen: number,
): DeterminationKind => {
  if (!before) return 'new';
  if (amountFen === 0) return 'stop';
  if (before.kind === 'stop') return 'resume';
  return amountFen >= before.amountFen ? 'increase' : 'decrease';
};

import * as z from 'zod';

/** What an aide finds and what a lead tells, by code: words about a family stay sealed and never travel (rulebook A18, I.8). */
export const situationNames = {
  'income-fell': '收入减少或中断',
  'income-rose': '收入明显增加',
  'serious-illness': '患重大疾病',
  accident: '遭遇意外事故',
  disaster: '遭遇自然灾害',
  disability: '新增残疾或残疾加重',
  'care-needed': '生活不能自理需照料',
  'elder-alone': '独居老人无人照应',
  'child-alone': '儿童无人监护',
  'school-costs': '就学负担过重',
  'unsafe-house': '住房存在安全隐患',
  'members-changed': '家庭人口变化',
  died: '家庭成员死亡',
  'moved-away': '搬离或去向不明',
  'took-job': '家庭成员就业',
  'property-found': '新增房产、车辆等财产',
  other: '其他情况',
} as const;
export type SituationCode = keyof typeof situationNames;
const codes = Object.keys(situationNames) as [SituationCode, ...SituationCode[]];
export const SituationCode = z.enum(codes).meta({ id: 'OutreachSituation' });

/** What a visit finds; `unchanged` is said alone. */
export const findingNames = { unchanged: '情况稳定无变化', ...situationNames } as const;
export type FindingCode = keyof typeof findingNames;
export const FindingCode = z.enum(['unchanged', ...codes]).meta({ id: 'OutreachFinding' });

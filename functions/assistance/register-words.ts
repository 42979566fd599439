import type * as z from 'zod';
import type { SupportForm } from './care.ts';
import type { RegisterProgramme } from './evaluation.ts';
import {
  type Disability,
  type HouseholdFacts,
  type IncomeKind,
  type Member,
  type Relation,
  relationNames,
} from './facts.ts';

/** The words bureaus write into their registers. */

export type Words<T> = { readonly values: ReadonlyMap<string, T>; readonly choices: string };

/** What each word means; the first word of each is the one we name when none fits. */
const words = <T>(entries: readonly (readonly [T, string, ...string[]])[]): Words<T> => ({
  values: new Map(entries.flatMap(([value, ...names]) => names.map((name) => [name, value] as const))),
  choices: entries.map(([, name]) => name).join('、'),
});

export const programmes = words<RegisterProgramme>([
  ['dibao', '低保', '最低生活保障'],
  ['destitute', '特困', '特困供养', '特困人员', '特困人员救助供养'],
  ['edge', '低保边缘', '低边', '低保边缘家庭'],
  ['rigid-expense', '刚性支出', '刚性支出困难家庭'],
  ['low-income', '低收入', '低收入帮扶家庭'],
]);
export const relations = words<z.output<typeof Relation>>([
  ['head', relationNames.head, '本人'],
  ['spouse', relationNames.spouse, '妻', '夫', '妻子', '丈夫'],
  ['child', relationNames.child, '子', '女', '儿子', '女儿', '长子', '次子', '长女', '次女'],
  ['grandchild', relationNames.grandchild, '孙子', '孙女', '外孙', '外孙女'],
  ['parent', relationNames.parent, '父亲', '母亲', '父', '母'],
  ['grandparent', relationNames.grandparent, '祖父', '祖母', '外祖父', '外祖母'],
  ['sibling', relationNames.sibling, '兄', '弟', '姐', '妹'],
  ['other', relationNames.other, '其它'],
]);
export const residences = words<HouseholdFacts['residence']>([
  ['urban', '城镇', '城市', '非农', '居民'],
  ['rural', '农村', '农业', '村民'],
]);
export const yesNo = words<boolean>([
  [true, '是', '有', 'Y', 'y', '1', '√'],
  [false, '否', '无', '没有', 'N', 'n', '0'],
]);
export const incomeKinds = words<IncomeKind>([
  ['wage', '工资', '工资性', '工资性收入', '务工'],
  ['business', '经营', '经营性', '经营净收入'],
  ['property', '财产', '财产性', '财产净收入'],
  ['transfer', '转移', '转移性', '转移净收入', '养老金'],
  ['maintenance', '赡养', '赡养费', '抚养费', '扶养费'],
  ['other', '其他', '其它'],
]);
export const disabilities = words<Disability['category']>([
  ['vision', '视力'],
  ['hearing', '听力'],
  ['speech', '言语'],
  ['physical', '肢体'],
  ['intellectual', '智力'],
  ['psychiatric', '精神'],
  ['multiple', '多重'],
]);
export const grades = words<number>([
  [1, '1', '一', '一级', '1级'],
  [2, '2', '二', '二级', '2级'],
  [3, '3', '三', '三级', '3级'],
  [4, '4', '四', '四级', '4级'],
]);
export const students = words<NonNullable<Member['student']>>([
  ['compulsory', '义务教育', '小学', '初中'],
  ['high-school', '高中', '中专', '职高', '中职'],
  ['college', '大学', '大专', '本科'],
]);
export const supportForms = words<SupportForm>([
  ['institution', '集中', '集中供养'],
  ['at-home', '分散', '分散供养'],
]);

import { addDays } from '../../shared/clock.ts';
import { Month, monthOfDate, nextMonth } from '../../shared/month.ts';
import {
  type ParameterChange,
  type ParameterKey,
  type ParameterSet,
  valueOn,
  withChanges,
} from '../../shared/parameter.ts';
import type { Value } from '../../shared/rule-number.ts';
import type { Notice } from './change.ts';
import { isDocumentNumber, isSource } from './number.ts';
import { ascending, livingStandards, monthlyUnits, statutoryLimits, unitBounds } from './statutory-limit.ts';

/**
 * What the law lets a rule number be (rulebook A.2, A08, A20, A45, B07, C04). Pure: the numbers as they are, the proposed one
 * and today's date decide. A fault refuses, at the proposal and again at the approval, because other numbers may have
 * changed in between; a notice is shown to the approver.
 */
export type Proposal = ParameterChange & { readonly from: string };
export type Fault = Notice & { readonly field: 'value' | 'from' | 'to' | 'sourceDocument' };
export type Verdict = { readonly faults: readonly Fault[]; readonly notices: readonly Notice[] };

type Scene = {
  readonly before: ParameterSet;
  readonly proposal: Proposal;
  /** All numbers as they would be. */
  readonly after: ParameterSet;
  /** The value as it stands in `after`. */
  readonly own: Value | undefined;
  readonly today: string;
};

const sceneOf = (before: ParameterSet, proposal: Proposal, today: string): Scene => {
  const after = withChanges(before, [proposal]);
  return { before, proposal, after, own: after[proposal.key].values.at(-1), today };
};

/** The days from which a number of `keys` changes while the proposed value holds, the first of them included. */
const turningDays = ({ after, proposal, own }: Scene, keys: readonly ParameterKey[]): string[] => {
  const days = keys.flatMap((key) =>
    after[key].values.flatMap(({ from, to }) => [
      ...(from === null ? [] : [from]),
      ...(to === undefined ? [] : [addDays(to, 1)]),
    ]),
  );
  return [...new Set([proposal.from, ...days])]
    .filter((day) => day >= proposal.from && valueOn(after, proposal.key, day) === own)
    .toSorted();
};

const numbersOn = ({ after }: Scene, keys: readonly ParameterKey[], day: string): number[] | undefined => {
  const numbers = keys.map((key) => valueOn(after, key, day)?.value);
  return numbers.every((each): each is number => each !== undefined) ? numbers : undefined;
};

/** The first day on which the numbers break a rule, as the sentence that says so. */
const firstBreach = (
  scene: Scene,
  keys: readonly ParameterKey[],
  breach: (numbers: readonly number[], day: string) => string | undefined,
): string | undefined => {
  if (!keys.includes(scene.proposal.key)) return undefined;
  for (const day of turningDays(scene, keys)) {
    const numbers = numbersOn(scene, keys, day);
    const sentence = numbers && breach(numbers, day);
    if (sentence) return `自${day}起,${sentence}`;
  }
  return undefined;
};

const noticeOf = (rule: string, message: string | undefined): Notice[] =>
  message === undefined ? [] : [{ rule, message }];
const fault = (rule: string, field: Fault['field'], message: string): Fault => ({ rule, field, message });
const money = (yuan: number): string => String(Math.round(yuan * 100) / 100);

const lastDayOfMonth = (date: string): boolean => addDays(date, 1).endsWith('-01');

/** Dates, decimals and the cited document: what makes the record usable at all (0.3.1). */
const formFaults = ({ before, proposal }: Scene): Fault[] => {
  const { key, value, from, to, source } = proposal;
  const { unit, scope } = before[key];
  const monthly = monthlyUnits.includes(unit);
  const faults: Fault[] = [];
  if (Math.abs(value * 100 - Math.round(value * 100)) > 1e-6)
    faults.push(fault('0.3.1', 'value', '数值最多保留两位小数'));
  if (!Month.safeParse(from.slice(0, 7)).success)
    faults.push(fault('0.3.1', 'from', '生效日期应在1990年至2099年之间'));
  else if (monthly && !from.endsWith('-01'))
    faults.push(
      fault('0.3.1', 'from', `按月执行的参数应自每月1日起生效,可改为${nextMonth(monthOfDate(from))}-01`),
    );
  if (to !== undefined && to < from) faults.push(fault('0.3.1', 'to', '截止日期不能早于生效日期'));
  else if (to !== undefined && monthly && !lastDayOfMonth(to))
    faults.push(fault('0.3.1', 'to', '按月执行的参数应截止到当月最后一日'));
  if (scope === 'district' ? !isDocumentNumber(source) : !isSource(source))
    faults.push(
      fault(
        '0.3.1',
        'sourceDocument',
        scope === 'district'
          ? '区级参数须写明本级文件的发文字号,如 婺民〔2021〕12号'
          : '上级规定的参数须写明依据:发文字号、政府令号或《法规名称》',
      ),
    );
  return faults;
};

const unitFaults = ({ before, proposal }: Scene): Fault[] => {
  const { name, unit } = before[proposal.key];
  const { min, max, whole, word } = unitBounds[unit];
  const { value } = proposal;
  const faults: Fault[] = [];
  if (!(value >= min && value <= max))
    faults.push(fault('0.3.1', 'value', `${name}应在${min}至${max}${word}之间`));
  if (whole && !Number.isInteger(value)) faults.push(fault('0.3.1', 'value', `${name}应为整数`));
  return faults;
};

const limitSentence = (
  name: string,
  word: string,
  { min, max, basis }: { readonly min?: number; readonly max?: number; readonly basis: string },
): string => {
  if (min !== undefined && min === max) return `${name}应为${min}${word}(${basis})`;
  if (min !== undefined && max !== undefined) return `${name}应在${min}至${max}${word}之间(${basis})`;
  return min === undefined
    ? `${name}不得超过${max}${word}(${basis})`
    : `${name}不得低于${min}${word}(${basis})`;
};

const brokenLimits = ({ before, proposal }: Scene, hard: boolean): Notice[] =>
  statutoryLimits
    .filter(({ key, min = -Infinity, max = Infinity, ...each }) => {
      const within = proposal.value >= min && proposal.value <= max;
      return key === proposal.key && each.hard === hard && !within;
    })
    .map((each) => {
      const { name, unit } = before[each.key];
      return { rule: each.rule, message: limitSentence(name, unitBounds[unit].word, each) };
    });

/** The low-edge line must stay under the minimum wage in every month the value holds (A08). */
const edgeFaults = (scene: Scene): Fault[] => {
  const keys = ['edge.multiple', 'dibao.standard', 'wage.minimum'] as const;
  const sentence = firstBreach(scene, keys, ([multiple = 0, standard = 0, wage = 0]) =>
    multiple * standard > wage
      ? `低保边缘收入线(${multiple}×${money(standard)}=${money(multiple * standard)}元)高于最低月工资标准${money(wage)}元(《浙江省社会救助条例》第十三条)`
      : undefined,
  );
  return sentence === undefined ? [] : [fault('A08', 'value', sentence)];
};

/** From this year other districts tie the standard to consumption instead (A21), which is no number of this table. */
const OTHER_ANCHOR_FROM = '2024-01-01';

const bandNotices = (scene: Scene): Notice[] => {
  const band = (days: (day: string) => boolean, advice: string) =>
    firstBreach(scene, ['dibao.standard', 'wage.minimum'], ([standard = 0, wage = 0], day) => {
      const share = (standard / wage) * 100;
      return days(day) && (share < 40 || share > 50)
        ? `低保标准为最低月工资标准的${money(share)}%,不在40%至50%之间${advice}`
        : undefined;
    });
  return [
    ...noticeOf(
      'A20',
      band((day) => day < OTHER_ANCHOR_FROM, '(《浙江省社会救助条例》第十条)'),
    ),
    ...noticeOf(
      'A21',
      band((day) => day >= OTHER_ANCHOR_FROM, ',如按上年人均消费支出的30%至40%核定,请核对测算依据'),
    ),
  ];
};

const orphanNotices = (scene: Scene): Notice[] =>
  noticeOf(
    'D02',
    firstBreach(
      scene,
      ['orphan.institution', 'orphan.scattered_ratio', 'orphan.scattered'],
      ([institution = 0, ratio = 0, scattered = 0]) => {
        // 不低于 means rounded up to the yuan (0.3.3); cents first, or a binary fraction would round one up too far.
        const least = Math.ceil(Math.round(institution * ratio * 100) / 100);
        return scattered < least
          ? `散居孤儿标准${money(scattered)}元低于机构养育标准的${money(ratio * 100)}%(${least}元)`
          : undefined;
      },
    ),
  );

const orderNotices = (scene: Scene): Notice[] =>
  ascending.flatMap(({ rule, keys }) =>
    keys.slice(1).flatMap((higher, index) => {
      const lower = keys[index] ?? higher;
      const name = (key: ParameterKey) => scene.before[key].name;
      const sentence = firstBreach(scene, [lower, higher], ([low = 0, high = 0]) =>
        low > high ? `${name(lower)}(${low})高于${name(higher)}(${high})` : undefined,
      );
      return noticeOf(rule, sentence);
    }),
  );

/** More than half up or down is rarely meant: a digit too many, or yuan for 分. */
const LEAP = 0.5;

const movementNotices = ({ before, proposal, today }: Scene): Notice[] => {
  const { key, value, from } = proposal;
  const { name, unit } = before[key];
  const old = valueOn(before, key, from)?.value;
  if (value === old) return [];
  const notices: Notice[] = [];
  if (old !== undefined && value < old && livingStandards.includes(key))
    notices.push({ rule: 'A22', message: `${name}由${old}元降至${value}元,请核实` });
  if (old && unit !== 'yes-no' && Math.abs(value - old) / old > LEAP)
    notices.push({ rule: '0.3.1', message: `${name}由${old}变为${value},变动超过一半,请核实` });
  if (from < today)
    notices.push({
      rule: '0.3.1',
      message: `生效日期${from}早于今天,以往月份的待遇需要重新核定并补发或抵扣`,
    });
  return notices;
};

const recordNotices = ({ before, after, own, proposal }: Scene): Notice[] => {
  const { key, value, from, to, certainty } = proposal;
  const notices: Notice[] = [];
  if (certainty === 'A') notices.push({ rule: '0.1', message: '该数值仍标为待确认' });
  if (livingStandards.includes(key) && !Number.isInteger(value))
    notices.push({ rule: '0.3.3', message: '标准一般为整元' });
  const successor = before[key].values
    .filter((each) => each.from !== null && each.from > from && (to === undefined || each.from <= to))
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))[0];
  if (successor)
    notices.push({
      rule: '0.3.1',
      message: `自${successor.from}起另有已设定的数值${successor.value},本次数值只施行到前一日`,
    });
  const later = to === undefined ? undefined : valueOn(after, key, addDays(to, 1));
  if (later && later !== own && later.value !== value)
    notices.push({ rule: '0.3.1', message: `${to}以后恢复为${later.value}` });
  return notices;
};

/** Everything to be said of a proposed value; nothing may hold while there is a fault. */
export const judge = (before: ParameterSet, proposal: Proposal, today: string): Verdict => {
  const scene = sceneOf(before, proposal, today);
  const form = [...formFaults(scene), ...unitFaults(scene)];
  const hard = brokenLimits(scene, true).map((each): Fault => ({ ...each, field: 'value' }));
  const faults = [...form, ...hard, ...edgeFaults(scene)];
  return {
    faults,
    notices: [
      ...brokenLimits(scene, false),
      ...bandNotices(scene),
      ...orphanNotices(scene),
      ...orderNotices(scene),
      ...movementNotices(scene),
      ...recordNotices(scene),
    ],
  };
};

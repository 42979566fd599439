import { addDays } from '../../shared/clock.ts';
import { type Step, yuan } from '../../shared/explanation.ts';
import { timesRoundedDown } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import { fenFor, numberFor, type ParameterKey, type ParameterSet } from '../../shared/parameter.ts';
import { type Assessment, explainer, type Level } from './explanation.ts';
import type { Grant } from './grant.ts';
import {
  causeNames,
  gradeNames,
  personsOf,
  type ReliefCase,
  registerNames,
  residenceNames,
} from './relief-case.ts';

/** Whether relief of an amount may be given, by whom, and why: every rule once, with its explanation. */

export type Subject = Pick<
  ReliefCase,
  | 'caseNo'
  | 'kind'
  | 'cause'
  | 'causeDate'
  | 'members'
  | 'grade'
  | 'special'
  | 'residence'
  | 'register'
  | 'amountFen'
>;
/** `granted` counts for frequency; both count when splitting is looked for. Neither holds the case itself. */
export type Others = { readonly granted: readonly Grant[]; readonly pending: readonly Grant[] };

type Judged<R = object> = R & { readonly steps: readonly Step[] };
type Rules = {
  readonly date: string;
  readonly number: (key: ParameterKey) => number;
  readonly fen: (key: ParameterKey) => number;
  readonly explain: ReturnType<typeof explainer>;
};

/** C03, A19: relief for an expense is for households on the register, or on their way there. */
const judgeRegister = ({ kind, register }: Subject, { explain }: Rules): Judged<{ missing: boolean }> => {
  const known = register && `${registerNames[register.programme]} ${register.caseNo}`;
  const missing = kind === 'expenditure' && register === undefined;
  if (kind === 'expenditure') {
    const text = known
      ? `申请家庭为${known}${register?.pending ? '(申请办理中)' : ''},符合`
      : '未登记低保、低保边缘等在册案号,不符合';
    return { missing, steps: [explain({ rule: 'C03', title: '支出型对象', text, holds: !missing })] };
  }
  if (!register?.pending) return { missing, steps: [] };
  const text = `${known} 申请办理期间基本生活出现困难,可先给予临时救助`;
  return { missing, steps: [explain({ rule: 'A19', title: '低保办理期间救助', text })] };
};

/** C04: so many standards a person, in whole 分; the cap of special difficulty is the higher one. */
export const capFen = (
  { members, special }: Pick<Subject, 'members' | 'special'>,
  parameters: ParameterSet,
  date: string,
): number => {
  const month = monthOfDate(date);
  const times = numberFor(parameters, special ? 'temp.cap_special' : 'temp.cap', month);
  return timesRoundedDown(fenFor(parameters, 'dibao.standard', month), times) * personsOf({ members });
};

const judgeCap = (
  subject: Subject,
  parameters: ParameterSet,
  { date, number, fen, explain }: Rules,
): Judged<{ above: boolean }> => {
  const key = subject.special ? 'temp.cap_special' : 'temp.cap';
  const cap = capFen(subject, parameters, date);
  const persons = personsOf(subject);
  const above = subject.amountFen > cap;
  const text = `${yuan(fen('dibao.standard'))} × ${number(key)} 倍 × ${persons} 人 = ${yuan(cap)};本次 ${yuan(subject.amountFen)},${above ? '超过限额' : '未超过'}`;
  const title = subject.special ? '每人限额(特别困难)' : '每人限额';
  return { above, steps: [explain({ rule: 'C04', title, text, holds: !above }, key, 'dibao.standard')] };
};

/** C05: each grade begins where the one below ends. A default, not a limit: the opinion says why it departs from it. */
const judgeGrade = ({ grade, members, amountFen }: Subject, { number, fen, explain }: Rules): Step[] => {
  if (grade === undefined) return [];
  const uppers = ['temp.grade.moderate', 'temp.grade.hard', 'temp.grade.severe'] as const;
  const at = { moderate: 0, hard: 1, severe: 2 }[grade];
  const key = uppers[at] ?? 'temp.grade.severe';
  const lower = uppers[at - 1];
  const standard = fen('dibao.standard') * personsOf({ members });
  const from = lower === undefined ? 0 : timesRoundedDown(standard, number(lower));
  const to = timesRoundedDown(standard, number(key));
  const holds = amountFen > from && amountFen <= to;
  const range = from > 0 ? `高于 ${yuan(from)}、不超过 ${yuan(to)}` : `不超过 ${yuan(to)}`;
  const text = `${gradeNames[grade]}:${range};本次 ${yuan(amountFen)},${holds ? '在参考幅度内' : '不在参考幅度内,须在意见中说明'}`;
  return [
    explain({ rule: 'C05', title: '困难分档', text, holds }, ...(lower === undefined ? [] : [lower]), key),
  ];
};

/**
 * C09. The same event is helped once in a calendar year, without exception. Another event of the same kind, or more times a
 * year than usual, needs a special approval.
 */
const judgeFrequency = (
  { cause, causeDate, amountFen }: Subject,
  granted: readonly Grant[],
  { date, number, explain }: Rules,
): Judged<{ same: boolean; needsException: boolean; yearFen: number }> => {
  const year = date.slice(0, 4);
  const thisYear = granted.filter(({ on }) => on.startsWith(year));
  const ofCause = thisYear.filter((grant) => grant.cause === cause);
  const same = ofCause.some((grant) => grant.causeDate === causeDate);
  const times = thisYear.length + 1;
  const tooOften = times > number('temp.times_a_year');
  const yearFen = thisYear.reduce<number>((sum, grant) => sum + grant.amountFen, amountFen);
  const causeText = same
    ? `本年度已因同一事由(${causeNames[cause]},${causeDate})救助,不得重复`
    : ofCause.length > 0
      ? `本年度已因${causeNames[cause]}救助(${ofCause.map(({ caseNo }) => caseNo).join('、')}),发生日期不同,须特别批准`
      : `本年度未因${causeNames[cause]}救助过,符合`;
  const timesText = `${year} 年第 ${times} 次,连同本次共 ${yuan(yearFen)};一年一般不超过 ${number('temp.times_a_year')} 次${tooOften ? ',须特别批准' : ''}`;
  return {
    same,
    needsException: !same && (ofCause.length > 0 || tooOften),
    yearFen,
    steps: [
      explain({ rule: 'C09', title: '同一事由', text: causeText, holds: ofCause.length === 0 }),
      explain({ rule: 'C09', title: '年度次数', text: timesText, holds: !tooOften }, 'temp.times_a_year'),
    ],
  };
};

/** C12: several small amounts near each other that together would have gone to the district. */
const judgeSplit = (
  { amountFen }: Subject,
  { granted, pending }: Others,
  { date, number, fen, explain }: Rules,
): Judged<{ suspected: boolean }> => {
  const limit = fen('temp.township_limit');
  const days = number('temp.split_days');
  const near = [...granted, ...pending].filter(
    (other) =>
      other.amountFen <= limit && other.on >= addDays(date, -days) && other.on <= addDays(date, days),
  );
  const together = near.reduce<number>((sum, other) => sum + other.amountFen, amountFen);
  const suspected = near.length > 0 && amountFen <= limit && together > limit;
  const text = suspected
    ? `${days} 天内另有 ${near.map(({ caseNo }) => caseNo).join('、')},连同本次共 ${yuan(together)},超过小额限额,须报区级审批`
    : `${days} 天内未发现拆分申请`;
  return {
    suspected,
    steps: [
      explain(
        { rule: 'C12', title: '拆分核查', text, holds: !suspected },
        'temp.split_days',
        'temp.township_limit',
      ),
    ],
  };
};

const levelNames: Readonly<Record<Level, string>> = {
  township: '可由镇街审批',
  district: '须报区民政局审批',
  leader: '须由区民政局分管局长审批',
};

/** Judges relief of the subject's amount on a date, by the numbers in force on the 1st of its month (rulebook 0.3.1). */
export const assess = (
  subject: Subject,
  others: Others,
  { date, parameters }: { readonly date: string; readonly parameters: ParameterSet },
): Assessment => {
  const month = monthOfDate(date);
  const rules: Rules = {
    date,
    number: (key) => numberFor(parameters, key, month),
    fen: (key) => fenFor(parameters, key, month),
    explain: explainer(parameters, month),
  };
  const register = judgeRegister(subject, rules);
  const cap = judgeCap(subject, parameters, rules);
  const frequency = judgeFrequency(subject, others.granted, rules);
  const split = judgeSplit(subject, others, rules);
  const limit = rules.fen('temp.township_limit');
  const small = subject.amountFen <= limit && !split.suspected && !frequency.needsException;
  const level: Level = subject.special ? 'leader' : small ? 'township' : 'district';
  const text = `本次 ${yuan(subject.amountFen)},小额限额 ${yuan(limit)},${levelNames[level]}`;
  return {
    steps: [
      rules.explain({ rule: 'C01', title: '救助对象', text: residenceNames[subject.residence] }),
      ...register.steps,
      ...cap.steps,
      ...judgeGrade(subject, rules),
      ...frequency.steps,
      ...split.steps,
      rules.explain({ rule: 'C07', title: '审批权限', text }, 'temp.township_limit'),
    ],
    refusals: [
      ...(register.missing ? (['NOT_ON_REGISTER'] as const) : []),
      ...(cap.above ? (['ABOVE_CAP'] as const) : []),
      ...(frequency.same ? (['SAME_CAUSE_THIS_YEAR'] as const) : []),
    ],
    needsException: frequency.needsException,
    splitSuspected: split.suspected,
    level,
    yearFen: frequency.yearFen,
  };
};

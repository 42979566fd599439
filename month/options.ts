import { parseArgs } from 'node:util';
import { dateAt, type Instant } from '../shared/clock.ts';
import { Month, monthOfDate } from '../shared/month.ts';

export const HELP = `办理一个月的发放:导入名册、编制、审批、报盘、导入回盘、补发、关账。

  npm run month
      用演示数据把当月完整办一遍。

  npm run month -- --month 2021-07 --roster 花名册.csv
      用自己的数据办到“已报盘”为止。

  npm run month -- --month 2021-07 --register 低保特困名册.csv --roster 花名册.csv
      低保、特困、低保边缘家庭连同家庭情况导入社会救助名册,待遇由此核定;其他项目用花名册。

  npm run month -- --month 2021-07 --roster 花名册.csv --returns 回盘.txt
      银行回盘后接着办。重复运行不会重复发放。

  --month               发放月份,如 2021-07(默认为当月)
  --register            社会救助名册(每行一名家庭成员),CSV 或 XLSX;可写多次
  --roster              花名册(待遇已在别处核定,每行一户),CSV 或 XLSX;可写多次
  --returns             银行回盘文件;可写多次
  --data                数据目录(自己的数据默认为 .huimin,演示数据默认为 .huimin/demo)
  --out                 输出目录(默认为 out)
  --prepared-by         经办人(默认为 王经办)
  --approved-by         审批人,不能与经办人相同(默认为 李审批)
  --second-approved-by  金额较大的批次需要的第二审批人(默认为 张复核)
  --close               关账:未付款项转入台账,由下月补发
  --seed                演示数据与模拟银行的种子,整数(默认为 1)
  --help                显示本说明

名册先核对、后由审批人确认,确认前不登记任何家庭。同一户再次导入,内容不变的不重复登记,有变化的只提示、不覆盖。
不写 --register 和 --roster 时,拒收行取数据目录中各名册、花名册最近一次导入的结果。
退出码:0 办理完成;1 办理中断或有事项未办成;2 参数或文件有误。
`;

/** What the command was asked to do; `data` is undefined when the default folder of the kind of work is meant. */
export type MonthOptions = {
  readonly month: Month;
  readonly registers: readonly string[];
  readonly rosters: readonly string[];
  readonly returns: readonly string[];
  readonly data: string;
  readonly out: string;
  readonly preparedBy: string;
  readonly approvedBy: string;
  readonly secondApprovedBy: string;
  readonly close: boolean;
  readonly seed: number;
};

/** The command line or a file named on it cannot be used; the message says why in Chinese. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true, default: [] as string[] } as const;
const flag = { type: 'boolean', default: false } as const;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        month: text,
        register: texts,
        roster: texts,
        returns: texts,
        data: text,
        out: { ...text, default: 'out' },
        'prepared-by': { ...text, default: '王经办' },
        'approved-by': { ...text, default: '李审批' },
        'second-approved-by': { ...text, default: '张复核' },
        close: flag,
        seed: { ...text, default: '1' },
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`参数有误:${error.message}`, { cause: error }) : error;
  }
};

const monthFrom = (given: string | undefined, now: Instant): Month => {
  if (given === undefined) return monthOfDate(dateAt(now));
  const month = Month.safeParse(given);
  if (!month.success) throw new UsageError(`--month ${given}:月份应写成 2021-07 的形式。`);
  return month.data;
};

const seedFrom = (given: string): number => {
  if (!/^\d{1,9}$/.test(given)) throw new UsageError(`--seed ${given}:应为不超过9位的整数。`);
  return Number(given);
};

const differentNames = (names: Readonly<Record<string, string>>): void => {
  const seen = new Map<string, string>();
  for (const [option, name] of Object.entries(names)) {
    if (name === '') throw new UsageError(`--${option} 不能为空。`);
    const other = seen.get(name);
    if (other)
      throw new UsageError(`--${other} 与 --${option} 不能是同一人(${name}):经办与审批须由不同的人办理。`);
    seen.set(name, option);
  }
};

/**
 * Own data and demo data have different folders unless one is named, so that nobody's roster is ever mixed with invented
 * people. Without a register, a roster, a return or `--close` there is nothing of one's own to do.
 */
const dataFrom = (given: string | undefined, isOwnWork: boolean): string =>
  given ?? (isOwnWork ? '.huimin' : '.huimin/demo');

/** Reads the command line. Refuses with `UsageError` what it does not know, a malformed month, and officers who are one person. */
export const readOptions = (args: readonly string[], now: Instant): MonthOptions | 'help' => {
  const given = parse(args);
  if (given.help) return 'help';
  const preparedBy = given['prepared-by'].trim();
  const approvedBy = given['approved-by'].trim();
  const secondApprovedBy = given['second-approved-by'].trim();
  differentNames({
    'prepared-by': preparedBy,
    'approved-by': approvedBy,
    'second-approved-by': secondApprovedBy,
  });
  const isOwnWork = [given.register, given.roster, given.returns].flat().length > 0 || given.close;
  return {
    month: monthFrom(given.month, now),
    registers: given.register,
    rosters: given.roster,
    returns: given.returns,
    data: dataFrom(given.data, isOwnWork),
    out: given.out,
    preparedBy,
    approvedBy,
    secondApprovedBy,
    close: given.close,
    seed: seedFrom(given.seed),
  };
};

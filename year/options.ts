import { parseArgs } from 'node:util';
import { FIRST_MONTH } from '../demo/amount.ts';
import { DIBAO_HOUSEHOLDS } from '../demo/district.ts';
import { UsageError } from '../month/options.ts';
import { Month } from '../shared/month.ts';

/** Small enough that a year takes less than a minute on two cores; the whole district takes a minute and a half. */
export const HOUSEHOLDS = 200;

export const HELP = `在推进的时钟上把一个虚构民政局的若干个月从头办到尾,全部通过正式的 HTTP 接口。

  npm run year -- --from 2021-01 --to 2021-12
  npm run year -- --from 2021-01 --to 2021-12 --households ${DIBAO_HOUSEHOLDS}
      全区演示名册(低保 ${DIBAO_HOUSEHOLDS} 户、特困 670 户),约两分钟。

每月:受理申请(批准、公示有异议后再公示、不予批准、撤回)、死亡(含迟报)、就业渐退、收入变化、定期复核、
临时救助(急难先行、小额、一般),发放由编制、两人审批、报盘、回盘、更正账号、补发直至关账。
其间:春节慰问、高龄无供养能力全额享受、标准调整、年中收回以前年度备用金结余、价格补贴。
每月末核对:名册应发与编制金额、银行已付与登记已发放、台账、统计与清单、新增注销与在册变动、备用金、
无人重复领取、无失败消息。核对不符即停止,说明差异,退出码为 1。

  --from        起始月(默认 2021-01)
  --to          截止月(默认 2021-12)
  --seed        种子,整数(默认 1);同一种子,结果逐字节相同
  --households  低保户数(默认 ${HOUSEHOLDS}),特困、低保边缘按比例
  --data        数据目录,须为空或不存在(默认为用后即删的临时目录)
  --out         输出目录(默认为 out),写入 year-<起>-<止>-seed<种子>/year.json
  --help        显示本说明

表格写到标准输出,进度和用时写到标准错误。
退出码:0 各月核对相符;1 核对不符或办理中断;2 参数有误。
`;

export type YearOptions = {
  readonly from: Month;
  readonly to: Month;
  readonly seed: number;
  readonly households: number;
  /** Undefined: a folder that is thrown away afterwards. */
  readonly data: string | undefined;
  readonly out: string;
};

const text = { type: 'string' } as const;
const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { ...text, default: '2021-01' },
        to: { ...text, default: '2021-12' },
        seed: { ...text, default: '1' },
        households: { ...text, default: String(HOUSEHOLDS) },
        data: text,
        out: { ...text, default: 'out' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`参数有误:${error.message}`, { cause: error }) : error;
  }
};

const monthFrom = (option: string, given: string): Month => {
  const month = Month.safeParse(given);
  if (!month.success) throw new UsageError(`--${option} ${given}:月份应写成 2021-07 的形式。`);
  return month.data;
};

/** A whole number of an option; refuses with `UsageError` what is none or out of bounds. */
export const numberFrom = (option: string, given: string, least: number, most: number): number => {
  const number = Number(given);
  if (!/^\d{1,9}$/.test(given) || number < least || number > most)
    throw new UsageError(`--${option} ${given}:应为 ${least} 至 ${most} 之间的整数。`);
  return number;
};

/** Fewer households would not have among them everybody to whom something happens. */
export const FEWEST = 20;
export const MOST = 100_000;

/** Reads the command line. Refuses with `UsageError` what it does not know, and months the demo district has not. */
export const readOptions = (args: readonly string[]): YearOptions | 'help' => {
  const given = parse(args);
  if (given.help) return 'help';
  const from = monthFrom('from', given.from);
  const to = monthFrom('to', given.to);
  if (from < FIRST_MONTH) throw new UsageError(`--from ${from}:演示数据自 ${FIRST_MONTH} 起。`);
  if (to < from) throw new UsageError(`--to ${to}:截止月不能早于起始月 ${from}。`);
  return {
    from,
    to,
    seed: numberFrom('seed', given.seed, 0, 999_999_999),
    households: numberFrom('households', given.households, FEWEST, MOST),
    data: given.data,
    out: given.out,
  };
};

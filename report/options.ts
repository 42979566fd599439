import { parseArgs } from 'node:util';
import { FIRST_MONTH } from '../demo/amount.ts';
import { type Period, parsePeriod } from '../functions/reporting/period.ts';
import { UsageError } from '../month/options.ts';
import { AreaCode, isKnownArea, townOf } from '../shared/area.ts';
import { FEWEST, HOUSEHOLDS, MOST, numberFrom } from '../year/options.ts';

export const HELP = `由已登记的事实写出工作报告:先把虚构民政局从当年一月办到期末(与 npm run year 相同),
再由一名经办人编制、另一名审批人印发,写出 Word、HTML、Markdown 三种文件。

  npm run report -- --period 2021H1 [--out DIR]

  --period      期间:2021、2021H1、2021Q2 或 2021-06
  --area        统计范围的区划代码:区或镇街(默认全区)
  --seed        种子,整数(默认 1);同一种子,报告逐字节相同
  --households  低保户数(默认 ${HOUSEHOLDS}),特困、低保边缘按比例
  --out         输出目录(默认 out/report-<期间>)
  --help        显示本说明

没有登记过的数据写作“(暂无数据)”,不以零代替,并逐项说明原因;最后一行是完整情况。
`;

export type ReportOptions = {
  readonly period: Period;
  readonly area: AreaCode | undefined;
  readonly seed: number;
  readonly households: number;
  readonly out: string;
};

const text = { type: 'string' } as const;
const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        period: text,
        area: text,
        seed: { ...text, default: '1' },
        households: { ...text, default: String(HOUSEHOLDS) },
        out: text,
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`参数有误:${error.message}`, { cause: error }) : error;
  }
};

const areaFrom = (given: string): AreaCode => {
  const area = AreaCode.safeParse(given);
  if (!area.success || !isKnownArea(given) || (townOf(area.data) !== area.data && !given.endsWith('000000')))
    throw new UsageError(`--area ${given}:应为本区或所辖镇街的12位区划代码。`);
  return area.data;
};

/** Reads the command line. Refuses with `UsageError` what it does not know. */
export const readOptions = (args: readonly string[]): ReportOptions | 'help' => {
  const given = parse(args);
  if (given.help) return 'help';
  if (given.period === undefined) throw new UsageError('请用 --period 指明期间,例如 --period 2021H1。');
  const period = parsePeriod(given.period);
  if (!period)
    throw new UsageError(`--period ${given.period}:期间应写成 2021、2021H1、2021Q2 或 2021-06 的形式。`);
  if (period.from < FIRST_MONTH)
    throw new UsageError(`--period ${given.period}:演示数据自 ${FIRST_MONTH} 起。`);
  return {
    period,
    area: given.area === undefined ? undefined : areaFrom(given.area),
    seed: numberFrom('seed', given.seed, 0, 999_999_999),
    households: numberFrom('households', given.households, FEWEST, MOST),
    out: given.out ?? `out/report-${period.code}`,
  };
};

import type * as z from 'zod';
import {
  approvePriceIndex,
  approveSweep,
  listSweeps,
  readSweep,
  recordPriceIndex,
  startSweep,
} from '../functions/assistance/sweep-routes.ts';
import type { SweepOrder } from '../functions/assistance/sweep-views.ts';
import { draftDocument, issueDocument, submitDocument } from '../functions/policy/document-routes.ts';
import { approveChange, prepareChange } from '../functions/policy/parameter-routes.ts';
import { addDays } from '../shared/clock.ts';
import { fenToYuan } from '../shared/money.ts';
import { firstDayOf, type Month, previousMonth } from '../shared/month.ts';
import { type ParameterKey, shipped } from '../shared/parameter.ts';
import type { Bureau } from './bureau.ts';

/** What is done once for everybody on the register: a new standard, the full amount, festival aid, the price subsidy. */

/** Previewed by now; approved on two levels, and applied. Answers what it changed. */
const approve = async (bureau: Bureau, sweepId: string): Promise<number> => {
  await bureau.settle();
  const params = { sweepId };
  const planned = await bureau.clerk(readSweep, { params });
  // Nothing to change is nothing to approve.
  if (planned.state === 'done') return 0;
  await bureau.chief(approveSweep, { params });
  await bureau.leader(approveSweep, { params });
  await bureau.settle();
  const { applied } = await bureau.clerk(readSweep, { params });
  return applied?.households ?? 0;
};

const sweep = async (bureau: Bureau, body: z.input<typeof SweepOrder>): Promise<number> => {
  const { sweepId } = await bureau.clerk(startSweep, { body });
  return approve(bureau, sweepId);
};

export const giveFestivalAid = (bureau: Bureau, month: Month): Promise<number> =>
  sweep(bureau, {
    kind: 'festival',
    month,
    title: `${month.slice(0, 4)}年春节慰问`,
    cutOff: addDays(firstDayOf(month), -1),
  });

export const giveFullAmount = (bureau: Bureau, month: Month): Promise<number> =>
  sweep(bureau, { kind: 'full-amount', month, reason: '高龄且子女无供养能力的低保对象全额享受' });

/** Numbers that others announce and the bureau records, of those on which amounts of the register depend. */
const announced = ['dibao.standard', 'wage.minimum'] as const satisfies readonly ParameterKey[];
const titles: Readonly<Record<(typeof announced)[number], string>> = {
  'dibao.standard': '关于调整最低生活保障标准的通知',
  'wage.minimum': '关于调整最低月工资标准后相关救助待遇的通知',
};

/** The announced numbers that are others from the first of a month on. */
export const announcedFor = (
  month: Month,
): { readonly key: (typeof announced)[number]; readonly value: number }[] =>
  announced.flatMap((key) => {
    const value = shipped[key].values.find(({ from }) => from === firstDayOf(month))?.value;
    return value === undefined ? [] : [{ key, value }];
  });

/** A document, drafted by one officer and issued by another; answers its number. */
const issue = async (
  bureau: Bureau,
  body: { readonly kind: 'notice' | 'opinion'; readonly title: string; readonly text: string },
  from: string,
): Promise<string> => {
  const drafted = await bureau.clerk(draftDocument, { body });
  const params = { documentId: drafted.documentId };
  await bureau.clerk(submitDocument, { params });
  const { number } = await bureau.chief(issueDocument, { params, body: { inForceFrom: from } });
  if (number === undefined) throw new Error('A document is issued under a number.');
  return number;
};

/** The guidance on the support of destitute persons, which the work report names. */
export const issueGuidance = (bureau: Bureau): Promise<string> =>
  issue(
    bureau,
    {
      kind: 'opinion',
      title: '关于健全特困人员救助供养的指导意见',
      text: '规范养老机构代管特困供养资金的收支、对账和公示,健全供养服务制度。',
    },
    bureau.today(),
  );

/**
 * Announces what changes with the first of a month: the document, the number by two officers, and the sweep which that sets
 * off by itself, applied before the month's runs open. Answers the households it changed.
 */
export const announceStandards = async (bureau: Bureau, month: Month): Promise<number> => {
  const from = firstDayOf(month);
  let changed = 0;
  for (const { key, value } of announcedFor(month)) {
    const text = `自 ${from} 起,${shipped[key].name}调整为每人每月 ${fenToYuan(value * 100)} 元,请遵照执行。`;
    const sourceDocument = await issue(bureau, { kind: 'notice', title: titles[key], text }, from);
    const { changeId } = await bureau.clerk(prepareChange, {
      params: { key },
      body: { value, from, sourceDocument },
    });
    await bureau.chief(approveChange, { params: { key, changeId } });
    await bureau.settle();
    const { items } = await bureau.clerk(listSweeps, { query: { month } });
    for (const { sweepId, state } of items)
      if (state === 'planned') changed += await approve(bureau, sweepId);
  }
  return changed;
};

/** Food is dearer by more than the trigger: everybody gets a subsidy for the month before. */
export const subsidisePrices = async (bureau: Bureau, month: Month): Promise<Month> => {
  const params = { month: previousMonth(month) };
  await bureau.clerk(recordPriceIndex, {
    params,
    body: {
      cpiPercent: 2.4,
      foodPercent: 6.8,
      publishedOn: bureau.today(),
      document: '统计部门公布的价格指数',
    },
  });
  const { sweepId } = await bureau.chief(approvePriceIndex, { params });
  if (sweepId === undefined) throw new Error('The index reaches its trigger.');
  await approve(bureau, sweepId);
  return params.month;
};

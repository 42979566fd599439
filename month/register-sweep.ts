import type * as z from 'zod';
import type { RegisterChange } from '../demo/register.ts';
import { approveSweep, listSweeps, readSweep, startSweep } from '../functions/assistance/sweep-routes.ts';
import type { SweepDetailView, SweepView } from '../functions/assistance/sweep-views.ts';
import { yuanText } from '../shared/money.ts';
import { countText } from './figures.ts';
import type { Office } from './office.ts';
import type { Progress } from './progress.ts';

/** A sweep over the register as officers do it: reckoned, approved on two levels, applied. */

type Sweep = z.output<typeof SweepView>;
type SweepDetail = z.output<typeof SweepDetailView>;

const LARGEST_PAGE = 200;

const detailOf =
  ({ preparer }: Office, sweepId: string) =>
  (): Promise<SweepDetail> =>
    preparer(readSweep, { params: { sweepId } });

/** The one that was begun before, or a new one. */
const begin = async ({ preparer }: Office, { month, kind }: RegisterChange): Promise<Sweep> => {
  const { items } = await preparer(listSweeps, { query: { month, limit: LARGEST_PAGE } });
  const begun = items.find((known) => known.kind === kind && known.state !== 'rejected');
  const body = { kind, month, reason: `自 ${month} 起按现行标准重新核定` };
  return begun ?? preparer(startSweep, { body }, `sweep-${kind}-${month}-${items.length + 1}`);
};

/** Has the register reckoned anew for a month, once; an approval that was given before is not asked for again. */
export const sweep = async (office: Office, change: RegisterChange, progress: Progress): Promise<void> => {
  const { sweepId, state, kindText } = await begin(office, change);
  if (state === 'done') return;
  const read = detailOf(office, sweepId);
  const phase = progress.phase(`${change.month} ${kindText}`, '分片');
  const planned = await office.until({
    read,
    isDone: (known) => known.state !== 'planning',
    onState: ({ progress: own }) => phase.at(own.planned, own.shards),
  });
  const levels = ['planned', 'checked'] as const;
  for (const [index, { desk }] of office.approvers.entries()) {
    const { state: standing } = await read();
    if (standing === levels[index])
      await desk(approveSweep, { params: { sweepId } }, `approve-${sweepId}-${index + 1}`);
  }
  await office.until({
    read,
    isDone: (known) => known.state === 'done',
    onState: ({ progress: own }) => phase.at(own.applied, own.shards),
  });
  await office.settled();
  const { households = 0, beforeFen = 0, afterFen = 0 } = planned.planned ?? {};
  phase.end(
    `${countText(households)} 户,每月 ${yuanText(beforeFen)} 元改为 ${yuanText(afterFen)} 元,审批 ${office.approvers.map(({ name }) => name).join('、')}`,
  );
};

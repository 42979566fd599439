import { programmeName } from '../shared/programme.ts';
import type { Api } from './api-types.ts';
import { counted, monthText, yuan } from './words.ts';

/** What somebody must see to: how urgent it is, what it is, what to do, and where. */
export type Notice = {
  readonly level: 'late' | 'waiting';
  readonly what: string;
  readonly todo: string;
  /** Where on the page; absent where nothing on the page helps. */
  readonly place?: { readonly desk: 'runs' | 'due' | 'reports'; readonly id?: string };
};

type Run = Api['answers']['listRuns']['items'][number];
type Target = Api['answers']['listTargets']['items'][number];

/** More than these are said to be more. */
export const MOST = 200;

export const some = (count: number, unit: string): string =>
  count >= MOST ? `${MOST} ${unit}以上` : counted(count, unit);

/** What waits in one run, in the order in which it is dealt with. */
export const noticesOfRun = (run: Run, exceptions: number): Notice[] => {
  const { totals, state, deviation } = run;
  const name = `${monthText(run.month)}${programmeName(run.programme)}`;
  const place = { desk: 'runs', id: run.runId } as const;
  const notice = (level: Notice['level'], what: string, todo: string): Notice => ({
    ...{ level, todo, place },
    what: `${name}：${what}`,
  });
  const { pendingLines, returnedLines, heldLines } = totals;
  const money = (lines: number, fen: number): string => `${counted(lines, '笔')}、${yuan(fen)}`;
  const isPlanned = state === 'planned';
  const isIssued = state === 'issued';
  const waits: readonly (readonly [boolean, Notice])[] = [
    [!run.balanced, notice('late', '金额勾稽不符', '停止审批和报送，联系系统管理员')],
    [
      isPlanned && deviation !== undefined,
      notice('late', '与上月相比变动过大', '逐户核对“与上月比较”后再审批'),
    ],
    [isPlanned && exceptions > 0, notice('waiting', `异常提示 ${some(exceptions, '条')}`, '审批前逐条核对')],
    [isPlanned, notice('waiting', '待审批', '由编制人以外的审批人批准或退回')],
    [
      isIssued && pendingLines > 0,
      notice('waiting', `待银行回盘 ${money(pendingLines, totals.pendingFen)}`, '取得银行回盘文件后上传'),
    ],
    [
      isIssued && returnedLines > 0,
      notice(
        'late',
        `银行退回 ${money(returnedLines, totals.returnedFen)}`,
        '更正账号或由审批人决定，再编制补发批次',
      ),
    ],
    [
      isIssued && heldLines > 0,
      notice('waiting', `暂缓 ${money(heldLines, totals.heldFen)}`, '补登账号或由审批人决定，再编制补发批次'),
    ],
    [
      isIssued && pendingLines + returnedLines + heldLines === 0,
      notice('waiting', '全部发放到位', '可以关账'),
    ],
  ];
  return waits.filter(([waiting]) => waiting).map(([, told]) => told);
};

export const noticesOfTargets = (agreed: readonly Target[], proposed: readonly Target[]): Notice[] => [
  ...agreed
    .filter(({ light }) => light === 'red')
    .map(
      ({ name, owner, daysAhead = 0 }): Notice => ({
        level: 'late',
        what: `目标“${name}”落后 ${-daysAhead} 天`,
        todo: `由${owner}说明原因并加快进度`,
      }),
    ),
  ...proposed.map(
    ({ name }): Notice => ({
      level: 'waiting',
      what: `目标“${name}”待审定`,
      todo: '在下方“年度目标”中选择“待审定”，由提出人以外的审批人审定',
    }),
  ),
];

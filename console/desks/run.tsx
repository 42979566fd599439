import { Progress, Steps, Tabs, Tag } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { programmeName } from '../../shared/programme.ts';
import type { AnswerOf } from '../api.ts';
import { useCommand, useDesk, useRead } from '../desk-context.ts';
import type { OperationId } from '../operations.ts';
import { Act, DataTable, Loadable, Panel, Refusal } from '../parts.tsx';
import { waitBefore } from '../patience.ts';
import { ReasonedAct } from '../reasoned-act.tsx';
import { Changes, Totals } from '../run-comparison.tsx';
import { Files } from '../run-files.tsx';
import { History } from '../run-history.tsx';
import { Exceptions, Lines } from '../run-lines.tsx';
import { Returns } from '../run-returns.tsx';
import { counted, monthText, runStates, yuan } from '../words.ts';

/** One run from planning to closing; each step is offered to who may take it, when it may be taken. */

type RunDetail = AnswerOf<'readRun'>;
type Batch = RunDetail['batchList'][number];

/** States that end by themselves: the page looks again until they have. */
const passing: readonly string[] = ['planning', 'approved', 'closing'];

const stepOf: Readonly<Record<RunDetail['state'], number>> = {
  planning: 0,
  planned: 1,
  rejected: 1,
  approved: 2,
  issued: 3,
  closing: 4,
  closed: 5,
};

/** Why this officer cannot approve the batch; undefined when he can. The API decides again. */
const approvalHindrance = (batch: Batch, officerId: string): string | undefined => {
  if (batch.state !== 'prepared') return '该批次现在不需要审批';
  if (batch.preparedBy === officerId) return '编制人不能审批本人编制的批次';
  if (batch.approvals.some((approval) => approval.officerId === officerId)) return '您已审批过该批次';
  return undefined;
};

const Batches = ({ run, onDone }: { readonly run: RunDetail; readonly onDone: () => void }) => {
  const { call, session } = useDesk();
  const approving = useCommand();
  const approve = async (batch: number): Promise<void> => {
    if (await approving.run(() => call('approveBatch', { params: { runId: run.runId, batch } }))) onDone();
  };
  return (
    <>
      <Refusal error={approving.error} />
      <DataTable<Batch>
        label="批次与审批"
        rows={run.batchList}
        keyOf={({ batch }) => String(batch)}
        columns={[
          {
            title: '批次',
            dataIndex: 'batch',
            render: (batch: number) => (batch === 1 ? '主批次' : `补发第${batch - 1}批`),
          },
          {
            title: '笔数',
            dataIndex: 'lines',
            align: 'right',
            render: (lines: number) => counted(lines, '笔'),
          },
          { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
          {
            title: '审批',
            render: (_, { approvals, approvalsNeeded }) =>
              `${approvals.map(({ name }) => name).join('、') || '尚无'}（需${approvalsNeeded}人）`,
          },
          {
            title: '操作',
            render: (_, batch) => (
              <Act
                operation="approveBatch"
                primary
                busy={approving.busy}
                hindrance={approvalHindrance(batch, session.officer.id)}
                asks={`批准发放 ${counted(batch.lines, '笔')}、${yuan(batch.amountFen)}？审批人数满足后生成报盘文件。`}
                onDo={() => void approve(batch.batch)}
              >
                批准
              </Act>
            ),
          },
        ]}
      />
    </>
  );
};

/** Why a step after the filing cannot be taken now; undefined when it can. The API decides again. */
const issuedHindrance = ({ state, batchList }: RunDetail): string | undefined => {
  if (state !== 'issued') return '报盘之后才能进行';
  const isOpen = batchList.some((batch) => ['gathering', 'prepared', 'approved'].includes(batch.state));
  return isOpen ? '还有未办结的批次' : undefined;
};

const Deeds = ({ run, onDone }: { readonly run: RunDetail; readonly onDone: () => void }) => {
  const { call } = useDesk();
  const doing = useCommand();
  const params = { runId: run.runId };
  const does = async (work: () => Promise<unknown>): Promise<void> => {
    if (await doing.run(work)) onDone();
  };
  const hindrance = issuedHindrance(run);
  const pending = run.totals.pendingFen > 0 ? `还有 ${yuan(run.totals.pendingFen)} 待银行回盘` : undefined;
  return (
    <div className="toolbar">
      <Refusal error={doing.error} />
      <Act
        operation="prepareSupplement"
        busy={doing.busy}
        hindrance={hindrance}
        asks="把已更正账号或已决定补发的笔数编成补发批次，另行审批。"
        onDo={() => void does(() => call('prepareSupplement', { params }))}
      >
        编制补发批次
      </Act>
      <Act
        operation="closeRun"
        busy={doing.busy}
        hindrance={hindrance ?? pending}
        asks="关账后，未发出的金额转入台账，由以后月份补发。确定关账？"
        onDo={() => void does(() => call('closeRun', { params }))}
      >
        关账
      </Act>
      <ReasonedAct
        operation="rejectRun"
        danger
        hindrance={run.state === 'planned' ? undefined : '只有待审批的批次可以退回'}
        asks="该批次将退回重新编制。"
        send={(reason) => call('rejectRun', { params, body: { reason } })}
        onDone={onDone}
      >
        退回
      </ReasonedAct>
    </div>
  );
};

const Towns = ({ run }: { readonly run: RunDetail }) => (
  <DataTable<RunDetail['towns'][number]>
    label="各镇街"
    rows={run.towns}
    keyOf={({ areaCode }) => areaCode}
    columns={[
      { title: '镇街', dataIndex: 'areaName' },
      { title: '户数', align: 'right', render: (_, { totals }) => counted(totals.lines, '户') },
      { title: '应发', align: 'right', render: (_, { totals }) => yuan(totals.amountFen) },
      { title: '已发', align: 'right', render: (_, { totals }) => yuan(totals.settledFen) },
      { title: '退回', align: 'right', render: (_, { totals }) => yuan(totals.returnedFen) },
      { title: '暂缓', align: 'right', render: (_, { totals }) => yuan(totals.heldFen) },
    ]}
  />
);

/** The tables of a run, each for who may read it. */
const Tables = ({ run, again }: { readonly run: RunDetail; readonly again: () => void }) => {
  const { may } = useDesk();
  const { runId, state, totals, batchList } = run;
  // What is read by line and file is read anew when money has moved.
  const moved = [
    state,
    totals.pendingFen,
    totals.returnedFen,
    ...batchList.map((batch) => batch.state),
  ].join();
  const tabs: readonly {
    readonly reads: OperationId;
    readonly key: string;
    readonly label: string;
    readonly children: ReactNode;
  }[] = [
    {
      reads: 'listExceptions',
      key: 'exceptions',
      label: '异常提示',
      children: <Exceptions key={moved} run={run} onDone={again} />,
    },
    { reads: 'compareRun', key: 'changes', label: '与上月比较', children: <Changes run={run} /> },
    {
      reads: 'listLines',
      key: 'returned',
      label: '退回与暂缓',
      children: <Lines key={moved} run={run} onDone={again} open />,
    },
    {
      reads: 'listLines',
      key: 'lines',
      label: '发放明细',
      children: <Lines key={moved} run={run} onDone={again} />,
    },
    {
      reads: 'listFiles',
      key: 'files',
      label: '报盘文件',
      children: <Files key={moved} runId={runId} />,
    },
    { reads: 'readRun', key: 'towns', label: '各镇街', children: <Towns run={run} /> },
    {
      reads: 'listRunEvents',
      key: 'events',
      label: '办理过程',
      children: <History key={moved} runId={runId} />,
    },
  ];
  return (
    <section className="panel">
      <Tabs items={tabs.filter(({ reads }) => may(reads)).map(({ reads: _, ...tab }) => tab)} />
    </section>
  );
};

/** Figures and lines are shown when all are there: half of them beside the month before would mislead. */
const Planning = ({ shardsDone = 0, shards = 1 }: Partial<NonNullable<RunDetail['progress']>>) => (
  <Panel title="正在编制">
    <Progress percent={Math.round((100 * shardsDone) / shards)} aria-label="编制进度" />
    <p className="muted">编制完成后自动显示金额、异常提示和明细。</p>
  </Panel>
);

const Planned = ({ run, again }: { readonly run: RunDetail; readonly again: () => void }) => (
  <>
    <Totals run={run} />
    <Deeds run={run} onDone={again} />
    {run.batchList.length > 0 ? (
      <Panel title="批次与审批">
        <Batches run={run} onDone={again} />
      </Panel>
    ) : null}
    <Returns run={run} onDone={again} />
    <Tables run={run} again={again} />
  </>
);

const Whole = ({ run, again }: { readonly run: RunDetail; readonly again: () => void }) => (
  <>
    <h1>
      {monthText(run.month)}
      {programmeName(run.programme)} <Tag>{runStates[run.state]}</Tag>
      {run.balanced ? null : <Tag color="red">金额勾稽不符</Tag>}
    </h1>
    <Steps
      size="small"
      current={stepOf[run.state]}
      items={['编制', '审批', '报盘', '回盘', '关账'].map((title) => ({ title }))}
      style={{ marginBlockEnd: 16 }}
    />
    {run.state === 'planning' ? <Planning {...run.progress} /> : <Planned run={run} again={again} />}
  </>
);

export const Run = ({ runId }: { readonly runId: string }) => {
  const reading = useRead('readRun', { params: { runId } });
  const { data, again } = reading;
  const passes =
    data !== undefined &&
    (passing.includes(data.state) ||
      data.batchList.some(({ state }) => state === 'gathering' || state === 'approved'));
  useEffect(() => {
    if (!passes) return;
    let timer: number;
    const lookAfter = (looks: number): void => {
      timer = window.setTimeout(() => {
        again();
        lookAfter(looks + 1);
      }, waitBefore(looks));
    };
    lookAfter(0);
    return () => window.clearTimeout(timer);
  }, [passes, again]);
  return <Loadable reading={reading}>{(run) => <Whole run={run} again={again} />}</Loadable>;
};

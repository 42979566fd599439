import { Select, Tag } from 'antd';
import { useState } from 'react';
import { AccountCorrection } from './account-correction.tsx';
import { type AnswerOf, mayCall } from './api.ts';
import { CaseLink } from './case-link.tsx';
import { useDesk } from './desk-context.ts';
import { usePages } from './pages.ts';
import { DataTable, Loadable } from './parts.tsx';
import { ReasonedAct } from './reasoned-act.tsx';
import { sentenceText } from './sentence.ts';
import { counted, decisions, lineStates, resultText, villageText, yuan } from './words.ts';

/** The lines of a run: what to look at before approving, and where the money of each stands. */

type RunDetail = AnswerOf<'readRun'>;
type Exception = AnswerOf<'listExceptions'>['items'][number];
type Line = AnswerOf<'listLines'>['items'][number];
type OfRun = { readonly run: RunDetail; readonly onDone: () => void };

/** Why nobody can decide on a line any more; undefined when an approver can. The API decides again. */
const decisionHindrance = ({ state }: Pick<RunDetail, 'state'>): string | undefined =>
  state === 'closing' || state === 'closed' || state === 'rejected' ? '该批次已经办结' : undefined;

const isOpen = (state: Line['state'] | undefined): boolean => state === 'held' || state === 'returned';

const StateTag = ({ state, decision }: Pick<Exception, 'state' | 'decision'>) => (
  <>
    {state ? lineStates[state] : '—'}
    {decision ? <Tag style={{ marginInlineStart: 6 }}>{decisions[decision]}</Tag> : null}
  </>
);

const Decision = ({ lineId, run, onDone }: OfRun & { readonly lineId: string }) => {
  const { call } = useDesk();
  const decide = (decision: 'pay' | 'withdraw') => (reason: string) =>
    call('decideLine', { params: { runId: run.runId, lineId }, body: { decision, reason } });
  const act = { operation: 'decideLine', small: true, hindrance: decisionHindrance(run), onDone } as const;
  return (
    <>
      <ReasonedAct {...act} asks="该笔列入下一补发批次。" send={decide('pay')}>
        同意补发
      </ReasonedAct>
      <ReasonedAct {...act} danger asks="该笔本月不再发放。" send={decide('withdraw')}>
        不再发放
      </ReasonedAct>
    </>
  );
};

export const Exceptions = ({ run, onDone }: OfRun) => {
  const pages = usePages('listExceptions', { params: { runId: run.runId } });
  const done = (): void => {
    pages.reading.again();
    onDone();
  };
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <DataTable<Exception>
          label="异常提示"
          rows={items}
          keyOf={({ lineId, code }) => `${lineId} ${code}`}
          empty="没有需要留意的情况"
          pages={pages}
          columns={[
            { title: '案号', dataIndex: 'caseNo', render: (caseNo: string) => <CaseLink caseNo={caseNo} /> },
            { title: '村（社区）', dataIndex: 'areaCode', render: villageText },
            { title: '情况', dataIndex: 'detail', render: sentenceText },
            { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
            { title: '状态', render: (_, exception) => <StateTag {...exception} /> },
            {
              title: '处理',
              fixed: 'right',
              render: (_, { lineId, state }) =>
                isOpen(state) ? (
                  <span className="acts">
                    <Decision lineId={lineId} run={run} onDone={done} />
                  </span>
                ) : (
                  '核对后可以发放'
                ),
            },
          ]}
        />
      )}
    </Loadable>
  );
};

const Filters = ({
  run,
  open,
  state,
  onState,
  areaCode,
  onArea,
}: {
  readonly run: RunDetail;
  readonly open: boolean;
  readonly state: Line['state'] | undefined;
  readonly onState: (state: Line['state'] | undefined) => void;
  readonly areaCode: string | undefined;
  readonly onArea: (area: string | undefined) => void;
}) => {
  const states = open ? (['returned', 'held'] as const) : (Object.keys(lineStates) as Line['state'][]);
  return (
    <div className="toolbar">
      <TownFilter run={run} areaCode={areaCode} onPick={onArea} />
      <Select
        aria-label="状态"
        allowClear={!open}
        placeholder="全部状态"
        value={state ?? null}
        options={states.map((value) => ({ value, label: lineStates[value] }))}
        onChange={(value: Line['state'] | null) => onState(value ?? undefined)}
        style={{ minWidth: 120 }}
      />
    </div>
  );
};

/** The towns of the run that the officer sees. */
export const TownFilter = ({
  run,
  areaCode,
  onPick,
}: {
  readonly run: RunDetail;
  readonly areaCode: string | undefined;
  readonly onPick: (area: string | undefined) => void;
}) =>
  run.towns.length > 1 ? (
    <Select
      aria-label="镇街"
      allowClear
      placeholder="全部镇街"
      value={areaCode ?? null}
      options={run.towns.map((town) => ({ value: town.areaCode, label: town.areaName }))}
      onChange={(value: string | null) => onPick(value ?? undefined)}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 140 }}
    />
  ) : null;

/** What can be done about a line that did not reach its household. */
const lineDeeds = (run: RunDetail, onDone: () => void) => ({
  title: '处理',
  fixed: 'right' as const,
  render: (_: unknown, { lineId, programme, caseNo, state }: Line) =>
    isOpen(state) ? (
      <span className="acts">
        <AccountCorrection programme={programme} caseNo={caseNo} onDone={onDone} />
        <Decision lineId={lineId} run={run} onDone={onDone} />
      </span>
    ) : null,
});

/** All lines of a run, or those that are open: returned by the bank, or held back. */
export const Lines = ({ run, onDone, open = false }: OfRun & { readonly open?: boolean }) => {
  const { session } = useDesk();
  const [state, setState] = useState<Line['state'] | undefined>(open ? 'returned' : undefined);
  const [areaCode, setArea] = useState<string>();
  const pages = usePages('listLines', {
    params: { runId: run.runId },
    query: { limit: 50, ...(state ? { state } : {}), ...(areaCode ? { areaCode } : {}) },
  });
  const done = (): void => {
    pages.reading.again();
    onDone();
  };
  const isActing = mayCall(session, 'decideLine') || mayCall(session, 'correctAccount');
  return (
    <>
      <Filters {...{ run, open, state, areaCode }} onState={setState} onArea={setArea} />
      <Loadable reading={pages.reading}>
        {({ items }) => (
          <DataTable<Line>
            label={open ? '退回与暂缓' : '发放明细'}
            rows={items}
            keyOf={({ lineId, batch }) => `${lineId} ${batch}`}
            pages={pages}
            columns={[
              {
                title: '案号',
                dataIndex: 'caseNo',
                render: (caseNo: string) => <CaseLink caseNo={caseNo} />,
              },
              { title: '姓名', dataIndex: 'name' },
              { title: '村（社区）', dataIndex: 'areaCode', render: villageText },
              ...(open
                ? []
                : [
                    {
                      title: '人数',
                      dataIndex: 'persons',
                      align: 'right' as const,
                      render: (persons: number) => counted(persons, '人'),
                    },
                  ]),
              { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
              {
                title: '收款账户',
                render: (_, { bank = '', account }) => (account ? `${bank} ${account}` : '未登记'),
              },
              { title: '状态', render: (_, line) => <StateTag {...line} /> },
              { title: '银行答复', dataIndex: 'resultCode', render: resultText },
              ...(open && isActing ? [lineDeeds(run, done)] : []),
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

import { Button, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from './api.ts';
import { useCommand, useDesk, useRead } from './desk-context.ts';
import { usePages } from './pages.ts';
import { DataTable, Loadable, Refusal } from './parts.tsx';
import { ReasonedAct } from './reasoned-act.tsx';
import { counted, lineStates, timeText, yuan } from './words.ts';

/** What a run consists of, table by table. */

type Of = { readonly runId: string };
type Exception = AnswerOf<'listExceptions'>['items'][number];
type Line = AnswerOf<'listLines'>['items'][number];
type BankFile = AnswerOf<'listFiles'>['items'][number];
type Happened = AnswerOf<'listRunEvents'>['items'][number];

const CaseLink = ({ caseNo }: { readonly caseNo: string }) => (
  <a href={`#/cases/${encodeURIComponent(caseNo)}`}>{caseNo}</a>
);

export const Exceptions = ({ runId }: Of) => {
  const pages = usePages('listExceptions', { params: { runId } });
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
            { title: '情况', dataIndex: 'detail' },
            { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
          ]}
        />
      )}
    </Loadable>
  );
};

const Decision = ({ line, onDone }: { readonly line: Line; readonly onDone: () => void }) => {
  const { call } = useDesk();
  const deciding = useCommand();
  const [runId = ''] = line.lineId.split('~');
  const decide = async (decision: 'pay' | 'withdraw', reason: string): Promise<void> => {
    const asked = { params: { runId, lineId: line.lineId }, body: { decision, reason } };
    if (await deciding.run(() => call('decideLine', asked))) onDone();
  };
  return (
    <>
      <Refusal error={deciding.error} />
      <span style={{ display: 'inline-flex', gap: 6 }}>
        <ReasonedAct
          operation="decideLine"
          busy={deciding.busy}
          asks="该笔列入下一补发批次。"
          onDo={(reason) => void decide('pay', reason)}
        >
          补发
        </ReasonedAct>
        <ReasonedAct
          operation="decideLine"
          danger
          busy={deciding.busy}
          asks="该笔本月不再发放。"
          onDo={(reason) => void decide('withdraw', reason)}
        >
          不再发放
        </ReasonedAct>
      </span>
    </>
  );
};

export const Lines = ({ runId, open }: Of & { readonly open?: 'decide' | 'look' }) => {
  const [state, setState] = useState<Line['state'] | undefined>(open ? 'returned' : undefined);
  const pages = usePages('listLines', {
    params: { runId },
    query: { limit: 50, ...(state ? { state } : {}) },
  });
  const choices = (open ? (['returned', 'held'] as const) : (Object.keys(lineStates) as Line['state'][])).map(
    (value) => ({
      value,
      label: lineStates[value],
    }),
  );
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="状态"
          allowClear={!open}
          placeholder="全部状态"
          value={state ?? null}
          options={choices}
          onChange={(value: Line['state'] | null) => setState(value ?? undefined)}
          style={{ minWidth: 120 }}
        />
      </div>
      <Loadable reading={pages.reading}>
        {({ items }) => (
          <DataTable<Line>
            label="发放明细"
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
              {
                title: '人数',
                dataIndex: 'persons',
                align: 'right',
                render: (persons: number) => counted(persons, '人'),
              },
              { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
              { title: '开户银行', dataIndex: 'bank', render: (bank?: string) => bank ?? '未登记' },
              { title: '账号', dataIndex: 'account', render: (account?: string) => account ?? '未登记' },
              { title: '状态', dataIndex: 'state', render: (each: Line['state']) => lineStates[each] },
              { title: '回盘代码', dataIndex: 'resultCode', render: (code?: string) => code ?? '—' },
              ...(open === 'decide'
                ? [
                    {
                      title: '处理',
                      render: (_: unknown, line: Line) => (
                        <Decision line={line} onDone={pages.reading.again} />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

const Download = ({ fileName }: { readonly fileName: string }) => {
  const { call } = useDesk();
  const fetching = useCommand();
  const download = () =>
    fetching.run(async () => {
      const { url } = await call('downloadFile', { params: { fileName } });
      window.location.assign(url);
    });
  return (
    <>
      <Refusal error={fetching.error} />
      <Button size="small" loading={fetching.busy} onClick={() => void download()}>
        下载
      </Button>
    </>
  );
};

export const Files = ({ runId }: Of) => {
  const reading = useRead('listFiles', { params: { runId } });
  return (
    <Loadable reading={reading}>
      {({ items }) => (
        <DataTable<BankFile>
          label="报盘文件"
          rows={items}
          keyOf={({ fileName }) => fileName}
          empty="批准之后生成报盘文件"
          columns={[
            { title: '文件', dataIndex: 'fileName' },
            { title: '银行', dataIndex: 'bank' },
            {
              title: '笔数',
              dataIndex: 'lines',
              align: 'right',
              render: (lines: number) => counted(lines, '笔'),
            },
            { title: '金额', dataIndex: 'totalFen', align: 'right', render: yuan },
            {
              title: '已发',
              dataIndex: 'settledLines',
              align: 'right',
              render: (lines: number) => counted(lines, '笔'),
            },
            {
              title: '退回',
              dataIndex: 'returnedLines',
              align: 'right',
              render: (lines: number) => counted(lines, '笔'),
            },
            {
              title: '杂凑值(SM3)',
              dataIndex: 'sm3',
              render: (sm3: string) => <code title={sm3}>{sm3.slice(0, 12)}…</code>,
            },
            { title: '操作', render: (_, { fileName }) => <Download fileName={fileName} /> },
          ]}
        />
      )}
    </Loadable>
  );
};

export const History = ({ runId }: Of) => {
  const pages = usePages('listRunEvents', { params: { runId } });
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <DataTable<Happened>
          label="办理过程"
          rows={items}
          keyOf={({ id }) => id}
          pages={pages}
          columns={[
            { title: '时间', dataIndex: 'time', render: timeText },
            { title: '事件', dataIndex: 'type', render: (type: string) => <code>{type}</code> },
          ]}
        />
      )}
    </Loadable>
  );
};

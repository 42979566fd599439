import { useCallback } from 'react';
import { MOST, some } from './alert.ts';
import type { AnswerOf, Call } from './api.ts';
import { useAnswer, useDesk } from './desk-context.ts';
import { everyItem } from './pages.ts';
import { DataTable, Loadable, Panel } from './parts.tsx';
import { ReasonedAct } from './reasoned-act.tsx';
import { ReturnUpload } from './return-upload.tsx';
import { sentenceText } from './sentence.ts';
import { resultText, yuan } from './words.ts';

/** What the banks answered to the files of a run, and the rows of it that an officer must look at himself. */

type RunDetail = AnswerOf<'readRun'>;
type Open = AnswerOf<'listUnmatchedRows'>['items'][number] &
  Pick<AnswerOf<'listReturns'>['items'][number], 'returnId' | 'uploadName'>;
type OfRun = { readonly run: RunDetail; readonly onDone: () => void };

/** Rows nobody has dealt with. Returns are listed for the whole district, newest first; none of a run is older than the run. */
const openRows = async (call: Call, { runId, asOf }: Pick<RunDetail, 'runId' | 'asOf'>): Promise<Open[]> => {
  const query = { limit: MOST };
  const { items } = await call('listFiles', { params: { runId } });
  const own = new Set(items.map(({ fileName }) => fileName));
  const open: Open[] = [];
  if (own.size === 0) return open;
  for await (const { returnId, uploadName, fileName = '', receivedAt, unmatched } of everyItem(
    call,
    'listReturns',
    { query },
  )) {
    if (receivedAt < asOf) break;
    if (unmatched === 0 || !own.has(fileName)) continue;
    for await (const row of everyItem(call, 'listUnmatchedRows', { params: { returnId }, query })) {
      if (row.resolution === undefined) open.push({ ...row, returnId, uploadName });
      if (open.length === MOST) return open;
    }
  }
  return open;
};

/** Why a row cannot be taken for money that came back; undefined when it can. The API decides again. */
const reversalHindrance = ({ state }: RunDetail, { code, resultCode }: Open): string | undefined => {
  if (state !== 'issued') return '该批次已经关账';
  return code === 'CONTRADICTS' && resultCode !== '00' ? undefined : '只有发放后又被银行退回的，才能登记退汇';
};

const Resolution = ({ run, row, onDone }: OfRun & { readonly row: Open }) => {
  const { call } = useDesk();
  const resolve = (resolution: 'dismiss' | 'reverse') => (reason: string) =>
    call('resolveRow', {
      params: { returnId: row.returnId, row: row.row },
      body: { resolution, reason },
    });
  const act = { operation: 'resolveRow', small: true, onDone } as const;
  return (
    <span className="acts">
      <ReasonedAct
        {...act}
        hindrance={reversalHindrance(run, row)}
        asks="该笔由已发放改为已退回，更正账号或同意补发后列入补发批次。"
        send={resolve('reverse')}
      >
        登记退汇
      </ReasonedAct>
      <ReasonedAct {...act} asks="该行不影响发放结果，核对后不再列出。" send={resolve('dismiss')}>
        不作处理
      </ReasonedAct>
    </span>
  );
};

const OpenRows = ({ rows, run, onDone }: OfRun & { readonly rows: readonly Open[] }) => (
  <>
    <h3>待人工核对的行（{some(rows.length, '行')}）</h3>
    <DataTable<Open>
      label="待人工核对的回盘行"
      rows={rows}
      keyOf={({ returnId, row }) => `${returnId} ${row}`}
      columns={[
        { title: '回盘文件', dataIndex: 'uploadName' },
        { title: '所在行', dataIndex: 'row', render: (row: number) => `第${row}行` },
        { title: '情况', dataIndex: 'reason', render: sentenceText },
        { title: '序号', dataIndex: 'seq', render: (seq?: number) => seq ?? '—' },
        { title: '案号', dataIndex: 'caseNo', render: (caseNo?: string) => caseNo ?? '—' },
        {
          title: '金额',
          dataIndex: 'amountFen',
          align: 'right',
          render: (fen?: number) => (fen === undefined ? '—' : yuan(fen)),
        },
        { title: '银行答复', dataIndex: 'resultCode', render: resultText },
        { title: '处理', render: (_, row) => <Resolution run={run} row={row} onDone={onDone} /> },
      ]}
    />
  </>
);

/** Banks answer what was filed: before that there is nothing to show. */
const filed: readonly RunDetail['state'][] = ['issued', 'closing', 'closed'];

export const Returns = ({ run, onDone }: OfRun) => {
  const { may, call } = useDesk();
  const { runId, asOf, state } = run;
  const mayUpload = state === 'issued' && may('receiveReturn');
  const mayRead = filed.includes(state) && may('listUnmatchedRows');
  const ask = useCallback((of: Pick<RunDetail, 'runId' | 'asOf'>) => openRows(call, of), [call]);
  const reading = useAnswer(mayRead ? { runId, asOf } : undefined, ask);
  const done = (): void => {
    reading.again();
    onDone();
  };
  if (!mayUpload && !mayRead) return null;
  return (
    <Panel title="银行回盘">
      {mayUpload ? <ReturnUpload onImported={done} /> : null}
      <Loadable reading={reading}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="muted">没有需要人工核对的行。</p>
          ) : (
            <OpenRows rows={rows} run={run} onDone={done} />
          )
        }
      </Loadable>
    </Panel>
  );
};

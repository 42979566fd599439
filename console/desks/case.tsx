import { Button, Descriptions, Select, Tag, Timeline } from 'antd';
import { useEffect, useState } from 'react';
import { programmeName } from '../../shared/programme.ts';
import { AccountCorrection } from '../account-correction.tsx';
import type { AnswerOf } from '../api.ts';
import { useDesk, useRead } from '../desk-context.ts';
import { DataTable, Loadable, Panel } from '../parts.tsx';
import { hashOf } from '../place.ts';
import { ReasonedAct } from '../reasoned-act.tsx';
import { sentenceText } from '../sentence.ts';
import { componentsText, counted, lineStates, monthText, resultText, timeText, yuan } from '../words.ts';

/** One household: who belongs to it, what was determined for it, and why it gets what it gets. */

type Case = AnswerOf<'readCase'>;
type Member = Case['members'][number];
type Explanation = AnswerOf<'readCaseExplanation'>;

const SHOWN_MS = 60_000;

/** Shows a masked number for a minute, for a reason that is kept. */
const Unmask = ({ caseNo, memberId }: { readonly caseNo: string; readonly memberId: string }) => {
  const { call } = useDesk();
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (shown === undefined) return;
    const timer = window.setTimeout(() => setShown(undefined), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [shown]);
  if (shown !== undefined) return <b>{shown}</b>;
  const look = async (reason: string): Promise<void> => {
    const body = { memberId, fields: ['identityNumber' as const], reason };
    const { identityNumber } = await call('unmaskCase', { params: { caseNo }, body });
    setShown(identityNumber ?? '未登记');
  };
  return (
    <span className="no-print">
      <ReasonedAct
        operation="unmaskCase"
        small
        title="查看完整身份证号"
        asks="查看的人员、时间和理由将被记录，一分钟后恢复遮盖。"
        send={look}
      >
        查看全号
      </ReasonedAct>
    </span>
  );
};

const Members = ({ known }: { readonly known: Case }) => (
  <DataTable<Member>
    label="家庭成员"
    rows={known.members}
    keyOf={({ memberId }) => memberId}
    columns={[
      { title: '关系', dataIndex: 'relationName' },
      { title: '姓名', dataIndex: 'name' },
      {
        title: '身份证号',
        render: (_, { identityNumber, memberId }) => (
          <>
            {identityNumber} <Unmask caseNo={known.caseNo} memberId={memberId} />
          </>
        ),
      },
      { title: '联系电话', dataIndex: 'phone', render: (phone?: string) => phone ?? '未登记' },
    ]}
  />
);

const Determinations = ({ known }: { readonly known: Case }) => (
  <Timeline
    items={known.determinations.toReversed().map((made) => ({
      color: made.kind === 'stop' ? 'red' : 'blue',
      content: (
        <>
          <b>
            {monthText(made.from)}起 {made.kindName}（{made.reasonName}）
          </b>
          <br />
          {made.kind === 'stop' ? '停止发放' : `每月 ${yuan(made.amountFen)}，${counted(made.persons, '人')}`}
          <br />
          <span className="muted">
            第{made.number}号决定，{timeText(made.madeAt)}
          </span>
        </>
      ),
    }))}
  />
);

type Payment = AnswerOf<'listPayments'>['items'][number];

type Paid = 'dibao' | 'destitute';
/** Only what is paid every month has payments: 低保 and 特困. */
const isPaid = (programme: Case['programme']): programme is Paid =>
  programme === 'dibao' || programme === 'destitute';

const PaymentTable = ({ programme, caseNo }: { readonly programme: Paid; readonly caseNo: string }) => {
  const reading = useRead('listPayments', { params: { programme, caseNo } });
  if (reading.error?.code === 'ENTITLEMENT_NOT_FOUND') return <p className="muted">还没有发放记录。</p>;
  return (
    <Loadable reading={reading}>
      {({ items }) => (
        <>
          <DataTable<Payment>
            label="发放记录"
            rows={items}
            keyOf={({ lineId }) => lineId}
            empty="还没有发放记录"
            columns={[
              {
                title: '月份',
                dataIndex: 'month',
                render: (month: string, { runId }) => (
                  <a href={hashOf({ desk: 'runs', id: runId })}>{monthText(month)}</a>
                ),
              },
              { title: '金额', dataIndex: 'amountFen', align: 'right', render: yuan },
              { title: '构成', render: (_, { components }) => componentsText(components) },
              { title: '状态', dataIndex: 'state', render: (state: Payment['state']) => lineStates[state] },
              { title: '银行答复', dataIndex: 'resultCode', render: resultText },
              { title: '入账日期', dataIndex: 'postedAt', render: (posted?: string) => posted ?? '—' },
            ]}
          />
          <p className="no-print">
            <AccountCorrection programme={programme} caseNo={caseNo} onDone={reading.again} />
          </p>
        </>
      )}
    </Loadable>
  );
};

const Payments = ({ known: { programme, caseNo } }: { readonly known: Case }) =>
  isPaid(programme) ? (
    <PaymentTable programme={programme} caseNo={caseNo} />
  ) : (
    <p className="muted">该项目不按月发放。</p>
  );

const StepText = ({ step }: { readonly step: Explanation['verdict']['steps'][number] }) => (
  <>
    {step.holds === undefined ? null : (
      <Tag color={step.holds ? 'green' : 'red'}>{step.holds ? '符合' : '不符合'}</Tag>
    )}
    {sentenceText(step.text)}
    {(step.parameters ?? []).map(({ key, name, source, toConfirm }) => (
      <div key={key} className="muted">
        {name}：{source}
        {toConfirm ? <Tag color="gold">待确认</Tag> : null}
      </div>
    ))}
  </>
);

const Explained = ({ explanation }: { readonly explanation: Explanation }) => {
  const { verdict, agrees, remark, month } = explanation;
  return (
    <>
      <p>
        <b>
          {monthText(month)}：{sentenceText(verdict.summary)}
        </b>
      </p>
      {agrees ? null : <p role="note">按登记情况重新核算的结果与决定不一致。{sentenceText(remark ?? '')}</p>}
      <ol>
        {verdict.steps.map((step) => (
          <li key={`${step.rule} ${step.title}`}>
            <b>{step.title}</b>（依据 {step.rule}）<StepText step={step} />
          </li>
        ))}
      </ol>
    </>
  );
};

const Why = ({ known }: { readonly known: Case }) => {
  const [month, setMonth] = useState<string>();
  const { caseNo } = known;
  const reading = useRead('readCaseExplanation', {
    params: { caseNo },
    query: month === undefined ? {} : { month },
  });
  const months = [...new Set(known.determinations.map(({ from }) => from))].toReversed();
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="月份"
          allowClear
          placeholder="本月"
          value={month ?? null}
          onChange={(value: string | null) => setMonth(value ?? undefined)}
          options={months.map((value) => ({ value, label: `${monthText(value)}起` }))}
          style={{ minWidth: 140 }}
        />
        <Button onClick={() => window.print()}>打印</Button>
      </div>
      <Loadable reading={reading}>{(explanation) => <Explained explanation={explanation} />}</Loadable>
    </>
  );
};

const Whole = ({ known }: { readonly known: Case }) => (
  <>
    <h1>
      {known.caseNo} <Tag>{programmeName(known.programme)}</Tag>
      <Tag color={known.state === 'ended' ? 'default' : 'green'}>{known.stateName}</Tag>
    </h1>
    <Descriptions bordered size="small" column={{ xs: 1, md: 3 }} style={{ marginBlockEnd: 16 }}>
      <Descriptions.Item label="月保障金额">{yuan(known.amountFen)}</Descriptions.Item>
      <Descriptions.Item label="保障人口">{counted(known.persons, '人')}</Descriptions.Item>
      <Descriptions.Item label="村（社区）">{known.areaName}</Descriptions.Item>
      <Descriptions.Item label="开户银行">{known.bank ?? '未登记'}</Descriptions.Item>
      <Descriptions.Item label="账号">{known.account ?? '未登记'}</Descriptions.Item>
      <Descriptions.Item label="下次复核">
        {known.reviewMonth ? monthText(known.reviewMonth) : '—'}
      </Descriptions.Item>
    </Descriptions>
    <Panel title="家庭成员">
      <Members known={known} />
    </Panel>
    <Panel title="为什么是这个金额">
      <Why known={known} />
    </Panel>
    <Panel title="发放记录">
      <Payments known={known} />
    </Panel>
    <Panel title="历次决定">
      <Determinations known={known} />
    </Panel>
  </>
);

export const Case = ({ caseNo }: { readonly caseNo: string }) => {
  const reading = useRead('readCase', { params: { caseNo } });
  return <Loadable reading={reading}>{(known) => <Whole known={known} />}</Loadable>;
};

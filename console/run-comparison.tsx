import { Alert, Button, Descriptions, Select, Tag } from 'antd';
import { useState } from 'react';
import type { AnswerOf, Asked } from './api.ts';
import { CaseLink } from './case-link.tsx';
import { useCommand, useRead } from './desk-context.ts';
import { type Pages, usePages } from './pages.ts';
import { DataTable, Loadable, Refusal } from './parts.tsx';
import { TownFilter } from './run-lines.tsx';
import { changeKinds, componentsText, counted, villageText, yuan } from './words.ts';

/** A run beside that of the month before: the totals, and household by household what is different. */

type RunDetail = AnswerOf<'readRun'>;
type Change = AnswerOf<'compareRun'>['items'][number];

const signed = (fen: number): string => `${fen > 0 ? '+' : ''}${yuan(fen)}`;

export const Totals = ({ run }: { readonly run: RunDetail }) => {
  const { totals, previousRunId, deviation } = run;
  const reading = useRead('readRun', previousRunId ? { params: { runId: previousRunId } } : undefined);
  const before = reading.data?.state === 'rejected' ? undefined : reading.data?.totals;
  const differing = before && totals.amountFen - before.amountFen;
  return (
    <>
      {deviation ? (
        <Alert
          type="warning"
          showIcon
          title="户数或金额与上月相比变动过大，请核对“与上月比较”后再审批。"
          style={{ marginBlockEnd: 12 }}
        />
      ) : null}
      <Descriptions bordered size="small" column={{ xs: 1, md: 3 }} style={{ marginBlockEnd: 16 }}>
        <Descriptions.Item label="应发">{yuan(totals.amountFen)}</Descriptions.Item>
        <Descriptions.Item label="户数">{counted(totals.lines, '户')}</Descriptions.Item>
        <Descriptions.Item label="人数">{counted(totals.persons, '人')}</Descriptions.Item>
        <Descriptions.Item label="上月应发">
          {before ? yuan(before.amountFen) : '无上月批次'}
        </Descriptions.Item>
        <Descriptions.Item label="上月户数">{before ? counted(before.lines, '户') : '—'}</Descriptions.Item>
        <Descriptions.Item label="与上月相差">
          {differing === undefined ? '—' : signed(differing)}
        </Descriptions.Item>
        <Descriptions.Item label="已发">{yuan(totals.settledFen)}</Descriptions.Item>
        <Descriptions.Item label="退回、暂缓">{`${yuan(totals.returnedFen)}、${yuan(totals.heldFen)}`}</Descriptions.Item>
        <Descriptions.Item label="待回盘">{yuan(totals.pendingFen)}</Descriptions.Item>
      </Descriptions>
    </>
  );
};

const differenceOf = ({ amountFen = 0, previousAmountFen = 0 }: Change): number =>
  amountFen - previousAmountFen;

type Sums = Readonly<Record<Change['kind'], { households: number; fen: number }>>;
const sumsOf = (changes: readonly Change[]): Sums => {
  const sums = {
    new: { households: 0, fen: 0 },
    changed: { households: 0, fen: 0 },
    ended: { households: 0, fen: 0 },
  };
  for (const change of changes) {
    sums[change.kind].households += 1;
    sums[change.kind].fen += differenceOf(change);
  }
  return sums;
};

/** Sums over all changes: long lists are read to their end only when somebody wants to know. */
const SummedUp = ({ pages }: { readonly pages: Pages<'compareRun'> }) => {
  const summing = useCommand();
  const [sums, setSums] = useState<Sums>();
  const sum = () => summing.run(async () => setSums(sumsOf((await pages.every()) as Change[])));
  return (
    <>
      <Button loading={summing.busy} onClick={() => void sum()}>
        汇总
      </Button>
      <Refusal error={summing.error} />
      {sums ? (
        <span role="status">
          {(Object.keys(changeKinds) as Change['kind'][])
            .map(
              (kind) =>
                `${changeKinds[kind]} ${counted(sums[kind].households, '户')}、${signed(sums[kind].fen)}`,
            )
            .join(';')}
        </span>
      ) : null}
    </>
  );
};

const colours = { new: 'green', changed: 'gold', ended: 'red' } as const;
const optional = (fen?: number): string => (fen === undefined ? '—' : yuan(fen));
const personsText = ({ previousPersons, persons }: Change): string => {
  const [before, now] = [previousPersons, persons].map((count) => count && counted(count, '人'));
  return before && now && before !== now ? `${before} → ${now}` : String(now ?? before ?? '—');
};

export const Changes = ({ run }: { readonly run: RunDetail }) => {
  const [kind, setKind] = useState<Change['kind']>();
  const [areaCode, setArea] = useState<string>();
  const query: Asked<'compareRun'>['query'] = {
    limit: 50,
    ...(kind ? { kind } : {}),
    ...(areaCode ? { areaCode } : {}),
  };
  const pages = usePages('compareRun', { params: { runId: run.runId }, query });
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="变动情况"
          allowClear
          placeholder="全部变动"
          value={kind ?? null}
          options={Object.entries(changeKinds).map(([value, label]) => ({ value, label }))}
          onChange={(value: string | null) => setKind((value ?? undefined) as Change['kind'] | undefined)}
          style={{ minWidth: 120 }}
        />
        <TownFilter run={run} areaCode={areaCode} onPick={setArea} />
        <SummedUp key={JSON.stringify(query)} pages={pages} />
      </div>
      <Loadable reading={pages.reading}>
        {({ items, previousRunId }) => (
          <DataTable<Change>
            label="与上月比较"
            rows={items}
            keyOf={({ lineId, kind: own }) => `${lineId} ${own}`}
            empty={previousRunId ? '与上月相同，没有变动' : '没有上月批次可比较'}
            pages={pages}
            columns={[
              {
                title: '情况',
                dataIndex: 'kind',
                render: (own: Change['kind']) => <Tag color={colours[own]}>{changeKinds[own]}</Tag>,
              },
              {
                title: '案号',
                dataIndex: 'caseNo',
                render: (caseNo: string) => <CaseLink caseNo={caseNo} />,
              },
              { title: '姓名', dataIndex: 'name' },
              { title: '村（社区）', dataIndex: 'areaCode', render: villageText },
              { title: '人数', align: 'right', render: (_, change) => personsText(change) },
              { title: '上月金额', dataIndex: 'previousAmountFen', align: 'right', render: optional },
              { title: '本月金额', dataIndex: 'amountFen', align: 'right', render: optional },
              { title: '相差', align: 'right', render: (_, change) => signed(differenceOf(change)) },
              {
                title: '本月构成',
                render: (_, { components }) => (components ? componentsText(components) : '—'),
              },
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

import { Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { Month } from '../../shared/month.ts';
import { programmes } from '../../shared/programme.ts';
import type { AnswerOf } from '../api.ts';
import { useCommand, useDesk } from '../desk-context.ts';
import { usePages } from '../pages.ts';
import { Act, DataTable, Loadable, Refusal } from '../parts.tsx';
import { go } from '../place.ts';
import { counted, monthText, programmeName, runState, yuan } from '../words.ts';

/** 资金发放: every run, newest month first, and opening one by hand. */

type Run = AnswerOf<'listRuns'>['items'][number];
const monthly = programmes.filter((programme) => programme.monthly);

const Opening = ({ onOpened }: { readonly onOpened: () => void }) => {
  const { call } = useDesk();
  const [month, setMonth] = useState('');
  const [programme, setProgramme] = useState<Run['programme']>('dibao');
  const opening = useCommand();
  const isMonth = Month.safeParse(month).success;
  const open = async (): Promise<void> => {
    const done = await opening.run(async () => {
      const run = await call('openRun', { body: { programme, month } });
      go({ desk: 'runs', id: run.runId });
    });
    if (done) onOpened();
  };
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="项目"
          value={programme}
          onChange={setProgramme}
          options={monthly.map(({ code, name }) => ({ value: code, label: name }))}
          style={{ minWidth: 120 }}
        />
        <Input
          aria-label="发放月份"
          placeholder="月份,如 2021-07"
          value={month}
          onChange={({ target }) => setMonth(target.value)}
          style={{ width: 160 }}
        />
        <Act
          operation="openRun"
          busy={opening.busy}
          hindrance={isMonth ? undefined : '请填写月份,如 2021-07'}
          asks={`编制${programmeName(programme)}${isMonth ? monthText(month) : ''}的发放批次,名册将按此刻冻结。`}
          onDo={() => void open()}
        >
          手工编制
        </Act>
      </div>
      <Refusal error={opening.error} />
    </>
  );
};

export const Runs = () => {
  const { reading, next, every } = usePages('listRuns', { query: { limit: 20 } });
  return (
    <>
      <h1>资金发放</h1>
      <Opening onOpened={reading.again} />
      <Loadable reading={reading}>
        {({ items }) => (
          <DataTable<Run>
            label="发放批次"
            rows={items}
            keyOf={({ runId }) => runId}
            empty="还没有发放批次。每月1日自动编制,也可手工编制。"
            more={next}
            every={every}
            columns={[
              {
                title: '月份',
                dataIndex: 'month',
                render: (month: string, { runId }) => (
                  <a href={`#/runs/${encodeURIComponent(runId)}`}>{monthText(month)}</a>
                ),
              },
              { title: '项目', dataIndex: 'programme', render: programmeName },
              {
                title: '状态',
                dataIndex: 'state',
                render: (state: string) => (
                  <Tag color={state === 'planned' ? 'gold' : state === 'closed' ? 'green' : 'blue'}>
                    {runState(state)}
                  </Tag>
                ),
              },
              { title: '户数', align: 'right', render: (_, { totals }) => counted(totals.lines, '户') },
              { title: '人数', align: 'right', render: (_, { totals }) => counted(totals.persons, '人') },
              { title: '应发', align: 'right', render: (_, { totals }) => yuan(totals.amountFen) },
              { title: '已发', align: 'right', render: (_, { totals }) => yuan(totals.settledFen) },
              { title: '退回', align: 'right', render: (_, { totals }) => yuan(totals.returnedFen) },
              { title: '暂缓', align: 'right', render: (_, { totals }) => yuan(totals.heldFen) },
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

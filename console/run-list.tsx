import { Tag } from 'antd';
import { programmeName } from '../shared/programme.ts';
import type { AnswerOf } from './api.ts';
import type { Pages } from './pages.ts';
import { DataTable, Loadable } from './parts.tsx';
import { counted, monthText, runStates, yuan } from './words.ts';

type Run = AnswerOf<'listRuns'>['items'][number];

const colourOf = (state: Run['state']): string =>
  state === 'planned' ? 'gold' : state === 'closed' ? 'green' : 'blue';

/** Runs, newest month first, with what they come to and where the money stands. */
export const RunList = ({ pages }: { readonly pages: Pages<'listRuns'> }) => (
  <Loadable reading={pages.reading}>
    {({ items }) => (
      <DataTable<Run>
        label="发放批次"
        rows={items}
        keyOf={({ runId }) => runId}
        empty="还没有发放批次。每月1日自动编制，也可手工编制。"
        pages={pages}
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
            render: (state: Run['state']) => <Tag color={colourOf(state)}>{runStates[state]}</Tag>,
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
);

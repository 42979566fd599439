import { Tag } from 'antd';
import { type AreaCode, areaName } from '../../shared/area.ts';
import type { AnswerOf } from '../api.ts';
import { usePages } from '../pages.ts';
import { DataTable, Loadable, Panel } from '../parts.tsx';

/** 待办时限: what must be done by a date, the most overdue first. */

type Due = AnswerOf<'listDue'>['items'][number];
type ReliefDue = AnswerOf<'listReliefDue'>['items'][number];

const Until = ({ date, overdue }: { readonly date: string; readonly overdue: boolean }) => (
  <>
    {date} {overdue ? <Tag color="red">已超期</Tag> : null}
  </>
);

export const Due = () => {
  const applications = usePages('listDue', { query: { limit: 50 } });
  const reliefs = usePages('listReliefDue', { query: { limit: 50 } });
  return (
    <>
      <h1>待办时限</h1>
      <Panel title="低保、特困、低保边缘">
        <Loadable reading={applications.reading}>
          {({ items }) => (
            <DataTable<Due>
              label="申请与复核时限"
              rows={items}
              keyOf={({ number, what }) => `${number} ${what}`}
              empty="没有到期事项"
              pages={applications}
              columns={[
                {
                  title: '编号',
                  dataIndex: 'number',
                  render: (number: string, { kind }) =>
                    kind === 'review' ? (
                      <a href={`#/cases/${encodeURIComponent(number)}`}>{number}</a>
                    ) : (
                      number
                    ),
                },
                { title: '事项', dataIndex: 'what' },
                {
                  title: '区域',
                  dataIndex: 'areaCode',
                  render: (area: string) => areaName(area as AreaCode),
                },
                { title: '期限', render: (_, { date, overdue }) => <Until date={date} overdue={overdue} /> },
              ]}
            />
          )}
        </Loadable>
      </Panel>
      <Panel title="临时救助">
        <Loadable reading={reliefs.reading}>
          {({ items }) => (
            <DataTable<ReliefDue>
              label="临时救助时限"
              rows={items}
              keyOf={({ id, what }) => `${id} ${what}`}
              empty="没有到期事项"
              pages={reliefs}
              columns={[
                { title: '编号', dataIndex: 'id' },
                { title: '事项', dataIndex: 'whatName' },
                { title: '期限', render: (_, { date, overdue }) => <Until date={date} overdue={overdue} /> },
              ]}
            />
          )}
        </Loadable>
      </Panel>
    </>
  );
};

import { Select, Tag } from 'antd';
import { useState } from 'react';
import { type AreaCode, areaName, isCounty, townOf, townsOf } from '../../shared/area.ts';
import type { AnswerOf } from '../api.ts';
import { useDesk } from '../desk-context.ts';
import { usePages } from '../pages.ts';
import { DataTable, Loadable } from '../parts.tsx';
import { counted, yuan } from '../words.ts';

/** 公示栏: what is posted in the villages of a town now, as everybody sees it, names masked. */

type Publicity = AnswerOf<'listPublicities'>['items'][number];

export const Board = () => {
  const { session } = useDesk();
  const own = session.officer.area;
  const towns = isCounty(own) ? townsOf(own) : [townOf(own)];
  const [areaCode, setArea] = useState<AreaCode>(towns[0] ?? own);
  const [stage, setStage] = useState<Publicity['stage']>('proposed');
  const pages = usePages('listPublicities', { query: { areaCode, stage, limit: 50 } });
  return (
    <>
      <h1>公示栏</h1>
      <div className="toolbar">
        <Select
          aria-label="镇街"
          value={areaCode}
          onChange={setArea}
          options={towns.map((value) => ({ value, label: areaName(value) }))}
          style={{ minWidth: 140 }}
        />
        <Select
          aria-label="公示类别"
          value={stage}
          onChange={setStage}
          options={[
            { value: 'proposed', label: '审批前公示' },
            { value: 'approved', label: '长期公示' },
          ]}
          style={{ minWidth: 130 }}
        />
      </div>
      <Loadable reading={pages.reading}>
        {({ items }) => (
          <DataTable<Publicity>
            label="公示"
            rows={items}
            keyOf={({ publicityId }) => publicityId}
            empty="目前没有公示"
            pages={pages}
            columns={[
              { title: '村（社区）', dataIndex: 'villageName' },
              { title: '户主', dataIndex: 'headName' },
              { title: '项目', dataIndex: 'programmeName', render: (name: string) => <Tag>{name}</Tag> },
              {
                title: '人数',
                dataIndex: 'persons',
                align: 'right',
                render: (n: number) => counted(n, '人'),
              },
              { title: '月保障金额', dataIndex: 'amountFen', align: 'right', render: yuan },
              { title: '公示至', dataIndex: 'endsOn', render: (day?: string) => day ?? '长期' },
              { title: '监督电话', dataIndex: 'hotline' },
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

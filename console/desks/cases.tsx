import { Input, Select } from 'antd';
import { useState } from 'react';
import { programmeName } from '../../shared/programme.ts';
import type { AnswerOf, Asked } from '../api.ts';
import { useCommand, useDesk } from '../desk-context.ts';
import { type Pages, usePages } from '../pages.ts';
import { DataTable, Loadable, Refusal } from '../parts.tsx';
import { go } from '../place.ts';
import { counted, yuan } from '../words.ts';

/** 救助对象: looking a household up, or leafing through the register. */

type Row = AnswerOf<'listCases'>['items'][number];
type Programme = Row['programme'];
const registers: readonly Programme[] = ['dibao', 'destitute', 'edge', 'rigid-expense', 'low-income'];

const Rows = ({
  rows,
  pages,
  empty,
}: {
  readonly rows: readonly Row[];
  readonly pages?: Pages<'listCases'>;
  readonly empty: string;
}) => (
  <DataTable<Row>
    label="救助对象"
    rows={rows}
    keyOf={({ caseNo }) => caseNo}
    empty={empty}
    pages={pages}
    columns={[
      {
        title: '案号',
        dataIndex: 'caseNo',
        render: (caseNo: string) => <a href={`#/cases/${encodeURIComponent(caseNo)}`}>{caseNo}</a>,
      },
      { title: '户主', dataIndex: 'head' },
      { title: '身份证号', dataIndex: 'identityNumber', responsive: ['md'] },
      { title: '项目', dataIndex: 'programme', render: programmeName },
      { title: '状态', dataIndex: 'stateName' },
      { title: '村（社区）', dataIndex: 'areaName', responsive: ['md'] },
      {
        title: '人数',
        dataIndex: 'persons',
        align: 'right',
        render: (persons: number) => counted(persons, '人'),
      },
      { title: '月保障金额', dataIndex: 'amountFen', align: 'right', render: yuan },
    ]}
  />
);

/** A case number has dashes, an identity number is digits, anything else is a name. */
const lookUpOf = (text: string): Asked<'findCases'>['body'] | 'case' => {
  if (/^\d{6}-[A-Z]{2}-/.test(text)) return 'case';
  return /^\d{14,17}[\dXx]$/.test(text) ? { identityNumber: text } : { name: text };
};

const LookUp = ({ onFound }: { readonly onFound: (rows: readonly Row[] | undefined) => void }) => {
  const { call } = useDesk();
  const looking = useCommand();
  const look = (typed: string) => {
    const text = typed.trim();
    if (text === '') return onFound(undefined);
    const body = lookUpOf(text);
    if (body === 'case') return go({ desk: 'cases', id: text });
    void looking.run(async () => {
      const { items } = await call('findCases', { body });
      onFound(items);
    });
  };
  return (
    <>
      <Input.Search
        aria-label="查找救助对象"
        placeholder="姓名、身份证号或案号"
        enterButton="查找"
        allowClear
        loading={looking.busy}
        onSearch={look}
        style={{ maxWidth: 420 }}
      />
      <Refusal error={looking.error} />
    </>
  );
};

export const Cases = () => {
  const [programme, setProgramme] = useState<Programme>('dibao');
  const [found, setFound] = useState<readonly Row[]>();
  const pages = usePages('listCases', found === undefined ? { query: { programme, limit: 50 } } : undefined);
  return (
    <>
      <h1>救助对象</h1>
      <div className="toolbar">
        <LookUp onFound={setFound} />
        <Select
          aria-label="项目"
          value={programme}
          onChange={setProgramme}
          options={registers.map((value) => ({ value, label: programmeName(value) }))}
          style={{ minWidth: 130 }}
        />
      </div>
      {found !== undefined ? (
        <Rows rows={found} empty="没有找到。请核对姓名或身份证号；辖区以外的对象不显示。" />
      ) : (
        <Loadable reading={pages.reading}>
          {({ items }) => <Rows rows={items} pages={pages} empty="名册中没有对象" />}
        </Loadable>
      )}
    </>
  );
};

import { Button, Tabs, Tag } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../api.ts';
import { useCommand, useDesk, useRead } from '../desk-context.ts';
import { type Pages, usePages } from '../pages.ts';
import { Act, DataTable, Loadable, Panel, Refusal } from '../parts.tsx';
import { PeriodPicker, usePeriod } from '../period-picker.tsx';
import { Completeness, KeptReport, ReportText, type Wording, Wordings } from '../report-text.tsx';
import { timeText } from '../words.ts';

/** 工作报告: as it would be written now, figure by figure; prepared by one officer, issued by another, handed out. */

type Row = AnswerOf<'listReports'>['items'][number];
type Format = 'docx' | 'html' | 'md';
const formats: readonly { readonly format: Format; readonly name: string }[] = [
  { format: 'docx', name: 'Word' },
  { format: 'html', name: '网页' },
  { format: 'md', name: 'Markdown' },
];

const Downloads = ({ reportId }: { readonly reportId: string }) => {
  const { call } = useDesk();
  const fetching = useCommand();
  const download = (format: Format) =>
    fetching.run(async () => {
      const { url } = await call('downloadReport', { params: { reportId, format } });
      window.location.assign(url);
    });
  return (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      <Refusal error={fetching.error} />
      {formats.map(({ format, name }) => (
        <Act key={format} operation="downloadReport" busy={fetching.busy} onDo={() => void download(format)}>
          {name}
        </Act>
      ))}
    </span>
  );
};

const Deeds = ({ row, onDone }: { readonly row: Row; readonly onDone: () => void }) => {
  const { call, session } = useDesk();
  const doing = useCommand();
  const params = { reportId: row.reportId };
  if (row.state === 'issued' || row.state === 'superseded') return <Downloads reportId={row.reportId} />;
  if (row.state === 'withdrawn') return null;
  const does = async (work: () => Promise<unknown>): Promise<void> => {
    if (await doing.run(work)) onDone();
  };
  return (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      <Refusal error={doing.error} />
      <Act
        operation="issueReport"
        primary
        busy={doing.busy}
        hindrance={row.preparedBy === session.officer.id ? '编制人不能审定本人编制的报告' : undefined}
        asks="印发后不能再改动，同期旧报告将被替代。"
        onDo={() => void does(() => call('issueReport', { params }))}
      >
        印发
      </Act>
      <Act
        operation="withdrawReport"
        danger
        busy={doing.busy}
        asks="撤回这份报告？"
        onDo={() => void does(() => call('withdrawReport', { params }))}
      >
        撤回
      </Act>
    </span>
  );
};

const stateColours: Readonly<Record<Row['state'], string>> = {
  prepared: 'gold',
  issued: 'green',
  superseded: 'default',
  withdrawn: 'default',
};

const Kept = ({ pages }: { readonly pages: Pages<'listReports'> }) => {
  const [read, setRead] = useState<string>();
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <>
          <DataTable<Row>
            label="报告"
            rows={items}
            keyOf={({ reportId }) => reportId}
            empty="还没有编制过报告"
            pages={pages}
            columns={[
              {
                title: '标题',
                render: (_, { title, reportId }) => (
                  <Button type="link" size="small" onClick={() => setRead(reportId)}>
                    {title}
                  </Button>
                ),
              },
              { title: '范围', dataIndex: 'areaName' },
              { title: '数据截至', dataIndex: 'asOf', render: timeText },
              { title: '完整情况', render: (_, { filled, total }) => `${filled} / ${total} 项` },
              {
                title: '状态',
                render: (_, { state, stateName }) => <Tag color={stateColours[state]}>{stateName}</Tag>,
              },
              { title: '操作', render: (_, row) => <Deeds row={row} onDone={pages.reading.again} /> },
            ]}
          />
          {read === undefined ? null : <KeptReport reportId={read} onClose={() => setRead(undefined)} />}
        </>
      )}
    </Loadable>
  );
};

export const Reports = () => {
  const { call } = useDesk();
  const [period, setPeriod] = usePeriod();
  const [wording, setWording] = useState<Wording>({});
  const preview = useRead('previewReport', { query: { period } });
  const kept = usePages('listReports', { query: { limit: 20 } });
  const preparing = useCommand();
  const prepare = async (): Promise<void> => {
    const body = { period, ...(Object.keys(wording).length > 0 ? { wording } : {}) };
    if (await preparing.run(() => call('prepareReport', { body }))) kept.reading.again();
  };
  return (
    <>
      <h1>工作报告</h1>
      <div className="toolbar">
        <PeriodPicker
          period={period}
          onPick={(picked) => {
            setPeriod(picked);
            setWording({});
          }}
        />
        <Act
          operation="prepareReport"
          primary
          busy={preparing.busy}
          asks="按此刻已登记的事实编制报告，由另一名审批人印发。"
          onDo={() => void prepare()}
        >
          编制报告
        </Act>
      </div>
      <Refusal error={preparing.error} />
      <Panel title="已编制的报告">
        <Kept pages={kept} />
      </Panel>
      <Loadable reading={preview}>
        {(report) => (
          <Tabs
            items={[
              { key: 'text', label: '正文预览', children: <ReportText report={report} wording={wording} /> },
              {
                key: 'wording',
                label: '数据措辞',
                children: <Wordings report={report} wording={wording} onChoose={setWording} />,
              },
              {
                key: 'complete',
                label: `数据完整情况（${report.filled} / ${report.total} 项）`,
                children: <Completeness report={report} />,
              },
            ]}
          />
        )}
      </Loadable>
    </>
  );
};

import { Drawer, Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { programmeName } from '../shared/programme.ts';
import type { AnswerOf } from './api.ts';
import { useRead } from './desk-context.ts';
import { usePages } from './pages.ts';
import { DataTable, Loadable } from './parts.tsx';
import { sentenceText } from './sentence.ts';
import { figureText, monthText, timeText } from './words.ts';

const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }));

/** Which figure is opened: of which period, area and programme. */
export type Opened = {
  readonly indicatorId: string;
  readonly period: string;
  readonly areaCode: string;
  readonly programme?: string | undefined;
};

type Detail = AnswerOf<'readFigure'>;
type Fact = AnswerOf<'listFigureFacts'>['items'][number];

/** Case numbers lead to the case; other subjects are what they are. */
const Subject = ({ subject }: { readonly subject: string }) =>
  /^\d{6}-(DB|TK|BY|XZ|DS)-/.test(subject) ? (
    <a href={`#/cases/${encodeURIComponent(subject)}`}>{subject}</a>
  ) : (
    subject
  );

const Facts = ({ opened, detail }: { readonly opened: Opened; readonly detail: Detail }) => {
  const { indicatorId, ...query } = opened;
  const pages = usePages('listFigureFacts', { params: { indicatorId }, query });
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <DataTable<Fact>
          label="数据明细"
          rows={items}
          keyOf={({ eventId, subject, month, areaCode }) => `${eventId} ${subject} ${month} ${areaCode}`}
          pages={pages}
          columns={[
            { title: '月份', dataIndex: 'month', render: monthText },
            { title: '区域', dataIndex: 'areaName' },
            {
              title: '项目',
              dataIndex: 'programme',
              render: (code?: string) => (code ? programmeName(code) : '—'),
            },
            {
              title: '案号（编号）',
              dataIndex: 'subject',
              render: (subject: string) => <Subject subject={subject} />,
            },
            {
              title: '数值',
              dataIndex: 'value',
              align: 'right',
              render: (value: number) => figureText(value, detail.indicator),
            },
            { title: '登记时间', dataIndex: 'time', render: timeText },
          ]}
        />
      )}
    </Loadable>
  );
};

const scaled = (value: number, unit: string): number => (unit === 'fen' ? value / 100 : value);

const Breakdown = ({
  label,
  detail,
  rows,
}: {
  readonly label: string;
  readonly detail: Detail;
  readonly rows: readonly { readonly key: string; readonly value: number }[];
}) => (
  <DataTable
    label={label}
    rows={rows}
    keyOf={({ key }) => key}
    columns={[
      { title: label, dataIndex: 'key' },
      {
        title: '数值',
        dataIndex: 'value',
        align: 'right',
        render: (value: number) => figureText(value, detail.indicator),
      },
    ]}
  />
);

const Opening = ({ opened, detail }: { readonly opened: Opened; readonly detail: Detail }) => {
  const { indicator, value, before, periodName, areaName } = detail;
  const months = detail.byMonth.map(({ month, value: own }) => ({ key: monthText(month), value: own }));
  const unit = indicator.unit === 'fen' ? '元' : indicator.unitName;
  const points = months.map(({ key, value: own }) => ({ label: key, value: scaled(own, indicator.unit) }));
  return (
    <>
      <p className="muted">
        {areaName} · {periodName} · {sentenceText(indicator.definition)}
      </p>
      <p style={{ fontSize: 24, margin: 0 }}>
        {value === undefined ? '暂无数据' : figureText(value, indicator)}
      </p>
      <p className="muted">
        上一同等期间：{before === undefined ? '暂无数据' : figureText(before, indicator)}
      </p>
      <Tabs
        items={[
          {
            key: 'months',
            label: '按月',
            children: (
              <Suspense fallback={null}>
                <Chart
                  label={`${indicator.name}按月`}
                  unit={unit}
                  points={points}
                  kind={indicator.kind === 'stock' ? 'line' : 'bar'}
                />
                <Breakdown label="月份" detail={detail} rows={months} />
              </Suspense>
            ),
          },
          {
            key: 'towns',
            label: '按镇街',
            children: (
              <Breakdown
                label="镇街"
                detail={detail}
                rows={detail.byTown.map((town) => ({ key: town.areaName, value: town.value }))}
              />
            ),
          },
          {
            key: 'programmes',
            label: '按项目',
            children: (
              <Breakdown
                label="项目"
                detail={detail}
                rows={detail.byProgramme.map((each) => ({ key: each.programmeName, value: each.value }))}
              />
            ),
          },
          { key: 'facts', label: '明细', children: <Facts opened={opened} detail={detail} /> },
        ]}
      />
    </>
  );
};

/** A figure opened down to the facts it counts. */
export const FigureDrawer = ({
  opened,
  onClose,
}: {
  readonly opened: Opened;
  readonly onClose: () => void;
}) => {
  const { indicatorId, ...query } = opened;
  const reading = useRead('readFigure', { params: { indicatorId }, query });
  return (
    <Drawer open size="large" onClose={onClose} title={reading.data?.indicator.name ?? '数据'}>
      <Loadable reading={reading}>{(detail) => <Opening opened={opened} detail={detail} />}</Loadable>
    </Drawer>
  );
};

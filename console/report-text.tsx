import { Drawer, Progress, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf, Asked } from './api.ts';
import { useRead } from './desk-context.ts';
import { FigureDrawer, type Opened } from './figure-drawer.tsx';
import { DataTable, Loadable } from './parts.tsx';
import { timeText } from './words.ts';

/** The text of a report: as it reads, how complete it is, and how its figures are worded. */

type Text = AnswerOf<'previewReport'>;
type Figure = Text['figures'][number];
export type Wording = NonNullable<Asked<'prepareReport'>['body']['wording']>;

export const Completeness = ({ report }: { readonly report: Text }) => (
  <>
    <p>
      应填数据 {report.total} 项，已填 {report.filled} 项，暂缺 {report.total - report.filled} 项。
    </p>
    <Progress
      percent={Math.round((report.filled / Math.max(1, report.total)) * 100)}
      aria-label="数据完整程度"
    />
    <DataTable<Figure>
      label="暂缺的数据"
      rows={report.figures.filter(({ why }) => why !== undefined)}
      keyOf={({ binding }) => binding}
      empty="数据已填全"
      columns={[
        { title: '数据', dataIndex: 'label' },
        { title: '缺失原因', dataIndex: 'why' },
      ]}
    />
  </>
);

/** 近 goes before a figure, 余 behind it. */
const worded = (text: string, chosen: Wording[string] | undefined): string =>
  chosen === undefined ? text : chosen === 'near' ? `近${text}` : `${text}余`;

/** The text; a figure that comes from recorded facts can be opened down to them. */
export const ReportText = ({
  report,
  wording = {},
}: {
  readonly report: Text;
  /** What an officer chose for a report that is not written yet; one that is kept has it in its text. */
  readonly wording?: Wording;
}) => {
  const [opened, setOpened] = useState<Opened>();
  const figures = new Map(report.figures.map((figure) => [figure.binding, figure]));
  const { period, areaCode } = report;
  return (
    <article className="report">
      <h2>{report.title}</h2>
      {report.blocks.map(({ kind, pieces }) => (
        <p
          key={pieces.map(({ text }) => text).join('')}
          className={kind === 'paragraph' ? undefined : 'heading'}
        >
          {pieces.map(({ text, binding, missing }, index) => {
            const figure = binding === undefined ? undefined : figures.get(binding);
            const key = `${index} ${binding ?? ''}`;
            if (missing)
              return (
                <span key={key} className="missing" title={figure?.why}>
                  {text}
                </span>
              );
            const { indicator, programme } = figure ?? {};
            if (indicator === undefined)
              return (
                <span key={key} title={figure?.source}>
                  {text}
                </span>
              );
            return (
              <button
                key={key}
                type="button"
                title={figure?.source}
                onClick={() => setOpened({ indicatorId: indicator, period, areaCode, programme })}
              >
                {worded(text, wording[binding ?? ''])}
              </button>
            );
          })}
        </p>
      ))}
      {opened ? <FigureDrawer opened={opened} onClose={() => setOpened(undefined)} /> : null}
    </article>
  );
};

const wordings = [
  { value: '', label: '照实' },
  { value: 'near', label: '近' },
  { value: 'over', label: '余' },
];

/** How the figures are said is the officer’s choice alone; the figures themselves are not. */
export const Wordings = ({
  report,
  wording,
  onChoose,
}: {
  readonly report: Text;
  readonly wording: Wording;
  readonly onChoose: (wording: Wording) => void;
}) => {
  const choose = (binding: string, value: string): void => {
    const { [binding]: _, ...others } = wording;
    onChoose(value === '' ? others : { ...others, [binding]: value as Wording[string] });
  };
  return (
    <DataTable<Figure>
      label="数据措辞"
      rows={report.figures.filter(({ indicator, why }) => indicator !== undefined && why === undefined)}
      keyOf={({ binding }) => binding}
      empty="正文中还没有可以选择措辞的数据"
      columns={[
        { title: '数据', dataIndex: 'label' },
        { title: '实际数', align: 'right', render: (_, { text, unit }) => `${text ?? ''} ${unit ?? ''}` },
        {
          title: '措辞',
          render: (_, { binding, label }) => (
            <Select
              aria-label={`${label}的措辞`}
              size="small"
              value={wording[binding] ?? ''}
              options={wordings}
              onChange={(value: string) => choose(binding, value)}
              style={{ width: 90 }}
            />
          ),
        },
        {
          title: '正文中写作',
          render: (_, { binding, text = '', unit = '' }) => `${worded(text, wording[binding])}${unit}`,
        },
      ]}
    />
  );
};

/** A report as it is kept: what its second officer reads before he issues it. */
export const KeptReport = ({
  reportId,
  onClose,
}: {
  readonly reportId: string;
  readonly onClose: () => void;
}) => {
  const reading = useRead('readReport', { params: { reportId } });
  return (
    <Drawer open size="large" onClose={onClose} title={reading.data?.title ?? '报告'}>
      <Loadable reading={reading}>
        {({ report, stateName, asOf }) => (
          <>
            <p className="muted">
              {stateName} · 数据截至 {timeText(asOf)}
            </p>
            <ReportText report={report} />
          </>
        )}
      </Loadable>
    </Drawer>
  );
};

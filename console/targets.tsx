import { Select, Tag } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from './api.ts';
import { useCommand, useDesk } from './desk-context.ts';
import { usePages } from './pages.ts';
import { Act, DataTable, Loadable, Refusal } from './parts.tsx';
import { ProposeTarget, ReportProgress } from './target-forms.tsx';
import { counted, yuan } from './words.ts';

/** 年度目标: proposed by one officer, agreed to by another; how far each is, and what it rests on. */

type Target = AnswerOf<'listTargets'>['items'][number];
type State = Target['state'];

const states: Readonly<Record<State, string>> = { agreed: '已确定', proposed: '待审定', rejected: '未通过' };
const lights = { green: 'green', amber: 'gold', red: 'red' } as const;

/** Money of a target is in 分, as that of its figure is. */
const amountOf = (value: number, { unitName }: Target): string =>
  unitName === '元' ? yuan(value) : counted(value, unitName);
const daysText = (days: number): string =>
  days === 0 ? '与计划同步' : days > 0 ? `提前 ${days} 天` : `落后 ${-days} 天`;

const Decision = ({ target, onDone }: { readonly target: Target; readonly onDone: () => void }) => {
  const { call, session } = useDesk();
  const deciding = useCommand();
  const decide = async (decision: 'approve' | 'reject'): Promise<void> => {
    const asked = { params: { targetId: target.targetId }, body: { decision } };
    if (await deciding.run(() => call('decideTarget', asked))) onDone();
  };
  const hindrance = target.proposedBy === session.officer.id ? '提出人不能审定本人提出的目标' : undefined;
  const act = { operation: 'decideTarget', small: true, busy: deciding.busy, hindrance } as const;
  return (
    <span className="acts">
      <Refusal error={deciding.error} />
      <Act {...act} primary asks="同意后作为年度目标考核。" onDo={() => void decide('approve')}>
        同意目标
      </Act>
      <Act {...act} danger asks="不同意这项目标？" onDo={() => void decide('reject')}>
        不同意
      </Act>
    </span>
  );
};

const Deeds = ({ target, onDone }: { readonly target: Target; readonly onDone: () => void }) => {
  if (target.state === 'proposed') return <Decision target={target} onDone={onDone} />;
  if (target.state === 'rejected') return '—';
  if (target.indicatorId !== undefined) return '自动取数';
  return <ReportProgress target={target} onDone={onDone} />;
};

const columnsOf = (onDone: () => void) => [
  { title: '目标', render: (_: unknown, { name, sentence }: Target) => <span title={sentence}>{name}</span> },
  {
    title: '计划',
    align: 'right' as const,
    render: (_: unknown, target: Target) => amountOf(target.plan, target),
  },
  {
    title: '完成',
    align: 'right' as const,
    render: (_: unknown, target: Target) =>
      target.actual === undefined ? '暂无数据' : amountOf(target.actual, target),
  },
  { title: '完成期限', dataIndex: 'dueOn' },
  {
    title: '进度',
    render: (_: unknown, { daysAhead }: Target) => (daysAhead === undefined ? '—' : daysText(daysAhead)),
  },
  {
    title: '状态',
    render: (_: unknown, { light, lightName }: Target) =>
      light ? <Tag color={lights[light]}>{lightName}</Tag> : '—',
  },
  { title: '责任科室', dataIndex: 'owner' },
  { title: '操作', render: (_: unknown, target: Target) => <Deeds target={target} onDone={onDone} /> },
];

export const Targets = () => {
  const [state, setState] = useState<State>('agreed');
  const pages = usePages('listTargets', { query: { state, limit: 20 } });
  const again = pages.reading.again;
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="目标状态"
          value={state}
          onChange={setState}
          options={Object.entries(states).map(([value, label]) => ({ value: value as State, label }))}
          style={{ minWidth: 110 }}
        />
        <ProposeTarget
          onDone={() => {
            setState('proposed');
            again();
          }}
        />
      </div>
      <Loadable reading={pages.reading}>
        {({ items }) => (
          <DataTable<Target>
            label="年度目标"
            rows={items}
            keyOf={({ targetId }) => targetId}
            empty={`没有${states[state]}的年度目标`}
            pages={pages}
            columns={columnsOf(again)}
          />
        )}
      </Loadable>
    </>
  );
};

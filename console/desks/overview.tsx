import { Select, Tag } from 'antd';
import { useState } from 'react';
import { type AreaCode, areaName, isCounty, townsOf } from '../../shared/area.ts';
import type { AnswerOf } from '../api.ts';
import { useDesk, useRead } from '../desk-context.ts';
import { FigureDrawer, type Opened } from '../figure-drawer.tsx';
import { usePages } from '../pages.ts';
import { DataTable, Loadable, Panel } from '../parts.tsx';
import { PeriodPicker, presentPeriod } from '../period-picker.tsx';
import { RunList } from '../run-list.tsx';
import { counted, figureText, yuan } from '../words.ts';

/** 工作台: the figures that are asked for most, the towns, this month’s runs, and what is overdue. */

type Figure = AnswerOf<'listFigures'>['items'][number];

const KEY_FIGURES = [
  'assistance.households',
  'assistance.persons',
  'assistance.monthly-amount',
  'assistance.households-added',
  'assistance.households-ended',
  'disbursement.paid',
  'disbursement.returned',
  'relief.amount',
];

const Card = ({ figure, onOpen }: { readonly figure: Figure; readonly onOpen: () => void }) => (
  <button type="button" className="card" onClick={onOpen}>
    <span className="name">{figure.indicator.name}</span>
    {figure.value === undefined ? (
      <span className="value none" style={{ display: 'block' }}>
        暂无数据
      </span>
    ) : (
      <span className="value" style={{ display: 'block' }}>
        {figureText(figure.value, figure.indicator)}
      </span>
    )}
  </button>
);

/** The darker the more; the figure itself stands on the tile, so that nothing is told by colour alone. */
const shade = (value: number, most: number): string =>
  `rgb(23 88 168 / ${most > 0 ? 0.06 + (0.5 * value) / most : 0})`;

const Towns = ({
  period,
  indicatorId,
  onTown,
}: {
  readonly period: string;
  readonly indicatorId: string;
  readonly onTown: (area: AreaCode) => void;
}) => {
  const { session } = useDesk();
  const reading = useRead('readFigure', { params: { indicatorId }, query: { period } });
  if (!isCounty(session.officer.area)) return null;
  return (
    <Loadable reading={reading}>
      {({ byTown, indicator, value: whole }) => {
        if (whole === undefined) return <p className="muted">暂无数据</p>;
        const values = new Map(byTown.map(({ areaCode, value }) => [areaCode as string, value]));
        const most = Math.max(0, ...values.values());
        return (
          <div className="tiles">
            {townsOf(session.officer.area).map((town) => (
              <button
                key={town}
                type="button"
                className="tile"
                style={{ background: shade(values.get(town) ?? 0, most) }}
                onClick={() => onTown(town)}
              >
                {areaName(town)}
                <b>{figureText(values.get(town) ?? 0, indicator)}</b>
              </button>
            ))}
          </div>
        );
      }}
    </Loadable>
  );
};

const NewestRuns = () => <RunList pages={usePages('listRuns', { query: { limit: 8 } })} />;

/** How many of the first hundred are late; more is said so. */
const MOST = 100;
const lateIn = ({ items }: { readonly items: readonly { readonly overdue: boolean }[] }): number =>
  items.filter(({ overdue }) => overdue).length;

const Overdue = () => {
  const applications = useRead('listDue', { query: { limit: MOST } });
  const reliefs = useRead('listReliefDue', { query: { limit: MOST } });
  return (
    <Loadable reading={applications}>
      {(ofApplications) => (
        <Loadable reading={reliefs}>
          {(ofReliefs) => {
            const late = lateIn(ofApplications) + lateIn(ofReliefs);
            const isMore = late >= MOST ? '以上' : '';
            if (late === 0) return <p>没有超期事项。</p>;
            return (
              <p>
                <Tag color="red">{`超期 ${late} 件${isMore}`}</Tag>
                <a href="#/due">查看待办时限</a>
              </p>
            );
          }}
        </Loadable>
      )}
    </Loadable>
  );
};

/** What failed for good, for who acts for the whole district. */
const Backlog = () => {
  const { session } = useDesk();
  const reading = useRead('readBacklog', isCounty(session.officer.area) ? {} : undefined);
  if (!isCounty(session.officer.area)) return null;
  return (
    <Loadable reading={reading}>
      {({ messages, items }) =>
        messages === 0 ? (
          <p>没有处理失败的消息。</p>
        ) : (
          <p>
            <Tag color="red">处理失败 {messages} 条</Tag>
            请联系系统管理员:
            {items.map((item) => `${item.context}/${item.function} ${item.messages} 条`).join('、')}
          </p>
        )
      }
    </Loadable>
  );
};

const AreaPicker = ({
  area,
  onPick,
}: {
  readonly area: AreaCode;
  readonly onPick: (area: AreaCode) => void;
}) => {
  const { session } = useDesk();
  const own = session.officer.area;
  const options = [own, ...(isCounty(own) ? townsOf(own) : [])].map((value) => ({
    value,
    label: areaName(value),
  }));
  return (
    <Select
      aria-label="区域"
      value={area}
      options={options}
      onChange={onPick}
      style={{ minWidth: 140 }}
      showSearch={{ optionFilterProp: 'label' }}
    />
  );
};

type Target = AnswerOf<'listTargets'>['items'][number];
const lights = { green: 'green', amber: 'gold', red: 'red' } as const;

/** Money of a target is in 分, as that of its figure is. */
const amountOf = (value: number, { unitName }: Target): string =>
  unitName === '元' ? yuan(value) : counted(value, unitName);
const daysText = (days: number): string =>
  days === 0 ? '与计划同步' : days > 0 ? `提前 ${days} 天` : `落后 ${-days} 天`;

const Targets = () => {
  const pages = usePages('listTargets', { query: { state: 'agreed', limit: 20 } });
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <DataTable<Target>
          label="年度目标"
          rows={items}
          keyOf={({ targetId }) => targetId}
          empty="还没有确定年度目标"
          pages={pages}
          columns={[
            { title: '目标', dataIndex: 'name' },
            { title: '计划', align: 'right', render: (_, target) => amountOf(target.plan, target) },
            {
              title: '完成',
              align: 'right',
              render: (_, target) =>
                target.actual === undefined ? '暂无数据' : amountOf(target.actual, target),
            },
            { title: '完成期限', dataIndex: 'dueOn' },
            {
              title: '进度',
              render: (_, { daysAhead }) => (daysAhead === undefined ? '—' : daysText(daysAhead)),
            },
            {
              title: '状态',
              render: (_, { light, lightName }) =>
                light ? <Tag color={lights[light]}>{lightName}</Tag> : '—',
            },
            { title: '责任科室', dataIndex: 'owner' },
          ]}
        />
      )}
    </Loadable>
  );
};

export const Overview = () => {
  const { session } = useDesk();
  const [period, setPeriod] = useState(presentPeriod);
  const [areaCode, setArea] = useState<AreaCode>(session.officer.area);
  const [opened, setOpened] = useState<Opened>();
  const reading = useRead('listFigures', { query: { period, areaCode } });
  return (
    <>
      <h1>工作台</h1>
      <div className="toolbar">
        <PeriodPicker period={period} onPick={setPeriod} />
        <AreaPicker area={areaCode} onPick={setArea} />
      </div>
      <Loadable reading={reading}>
        {({ items }) => (
          <div className="cards">
            {KEY_FIGURES.flatMap((id) => items.filter(({ indicator }) => indicator.id === id)).map(
              (figure) => (
                <Card
                  key={figure.indicator.id}
                  figure={figure}
                  onOpen={() => setOpened({ indicatorId: figure.indicator.id, period, areaCode })}
                />
              ),
            )}
          </div>
        )}
      </Loadable>
      <Panel title="各镇街在册人数">
        <Towns period={period} indicatorId="assistance.persons" onTown={setArea} />
      </Panel>
      <Panel title="最近的发放批次">
        <NewestRuns />
      </Panel>
      <Panel title="年度目标">
        <Targets />
      </Panel>
      <Panel title="提醒">
        <Overdue />
        <Backlog />
      </Panel>
      {opened ? <FigureDrawer opened={opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  );
};

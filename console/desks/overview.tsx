import { Select } from 'antd';
import { useState } from 'react';
import { type AreaCode, areaName, isCounty, townsOf } from '../../shared/area.ts';
import { Alerts } from '../alerts.tsx';
import { useDesk, useRead } from '../desk-context.ts';
import { FigureCard } from '../figure-card.tsx';
import { FigureDrawer, type Opened } from '../figure-drawer.tsx';
import { usePages } from '../pages.ts';
import { Loadable, Panel } from '../parts.tsx';
import { PeriodPicker, usePeriod } from '../period-picker.tsx';
import { RunList } from '../run-list.tsx';
import { Targets } from '../targets.tsx';
import { figureText } from '../words.ts';

/** 工作台: the figures that are asked for most, the towns, this month’s runs, and what is overdue. */

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

export const Overview = () => {
  const { session } = useDesk();
  const [period, setPeriod] = usePeriod();
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
                <FigureCard
                  key={figure.indicator.id}
                  figure={figure}
                  onOpen={() => setOpened({ indicatorId: figure.indicator.id, period, areaCode })}
                />
              ),
            )}
          </div>
        )}
      </Loadable>
      <Panel title="提醒">
        <Alerts />
      </Panel>
      <Panel title="各镇街在册人数">
        <Towns period={period} indicatorId="assistance.persons" onTown={setArea} />
      </Panel>
      <Panel title="最近的发放批次">
        <NewestRuns />
      </Panel>
      <Panel title="年度目标">
        <Targets />
      </Panel>
      {opened ? <FigureDrawer opened={opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  );
};

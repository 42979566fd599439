import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { figureFor } from './figure.ts';
import { indicatorFor } from './indicators.ts';
import { keys, listings } from './table.ts';
import { lightNames, spanOf, standingOf, Target, targetStateNames } from './target.ts';
import type { TargetView } from './target-routes.ts';

export const targetItem = (target: Target): Item => ({
  ...target,
  ...keys.target(target.targetId),
  listPk: listings.targets,
  listSk: `${target.dueOn}#${target.targetId}`,
});

export const findTarget = async (table: Table, targetId: string): Promise<Target | undefined> => {
  const item = await getItem(table, keys.target(targetId));
  return item && Target.parse(item);
};

/** What was reached: of an indicator its figure, else what was reported last; undefined when there is nothing. */
const actualOf = async (table: Table, target: Target, today: string): Promise<number | undefined> => {
  const { indicatorId, areaCode: area, programme, reported, startsOn } = target;
  if (indicatorId === undefined) return reported?.value;
  const indicator = indicatorFor(indicatorId);
  if (!indicator || today < startsOn) return undefined;
  const figure = await figureFor(table, { indicator, span: spanOf(target, today), area, programme });
  return figure.state === 'counted' ? Math.max(0, figure.value) : undefined;
};

/** A target as it stands today; without any record it has neither a value nor a light. */
export const viewTarget = async (
  table: Table,
  target: Target,
  today: string,
): Promise<z.input<typeof TargetView>> => {
  const named = { ...target, stateName: targetStateNames[target.state], areaName: areaName(target.areaCode) };
  const actual = await actualOf(table, target, today);
  if (actual === undefined) return named;
  const amberDays = numberFor(await parametersOf(table), 'target.amber_days', monthOfDate(today));
  const standing = standingOf(target, actual, today, amberDays);
  return { ...named, actual, ...standing, lightName: lightNames[standing.light] };
};

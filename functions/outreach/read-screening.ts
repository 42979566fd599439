import type * as z from 'zod';
import { type AreaCode, areaName } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type Item, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type AideKind, aideKindNames } from './aide.ts';
import { LeadSource } from './lead.ts';
import { openLeadsIn } from './lead-store.ts';
import { readScreening } from './plan-routes.ts';
import { type Standing, standingFields, type Tally, tallyFields } from './screening.ts';
import { keys } from './table.ts';
import { townsIn } from './town-listing.ts';
import type { ScreeningView } from './views.ts';

type Figures = z.input<typeof ScreeningView>['total'];
type Open = { readonly openLeads: number; readonly overdueLeads: number };

const numbersIn = async <F extends string>(
  table: Table,
  partition: string,
  fields: readonly F[],
): Promise<Map<string, Partial<Record<F, number>>>> => {
  const byTown = new Map<string, Partial<Record<F, number>>>();
  for await (const item of queryAll(table, within(partition))) {
    byTown.set(String(item.sk), numbersOf(item, fields));
  }
  return byTown;
};
const numbersOf = <F extends string>(item: Item, fields: readonly F[]): Partial<Record<F, number>> => {
  const numbers: Partial<Record<F, number>> = {};
  for (const field of fields) numbers[field] = Number(item[field] ?? 0);
  return numbers;
};

const aideKinds = Object.keys(aideKindNames) as AideKind[];

const figuresOf = (standing: Standing, tally: Tally, open: Open): Figures => {
  const { households = 0, paired = 0, aides = 0 } = standing;
  const { visits = 0, followUps = 0, leads = 0 } = tally;
  const { helped = 0, referred = 0, unfounded = 0, duplicate = 0 } = tally;
  const aidesByKind = Object.fromEntries(aideKinds.map((kind) => [kind, standing[`aides-${kind}`] ?? 0]));
  const leadsBySource = Object.fromEntries(
    LeadSource.options.map((source) => [source, tally[`leads-${source}`] ?? 0]),
  );
  return {
    ...{ households, paired, aides, aidesByKind, visits, followUps, leads, leadsBySource },
    ...{ helped, referred, unfounded, duplicate, ...open },
  };
};

const sumOf = <F extends string>(
  all: readonly Partial<Record<F, number>>[],
  fields: readonly F[],
): Partial<Record<F, number>> => {
  const sum: Partial<Record<F, number>> = {};
  for (const field of fields) {
    sum[field] = all.reduce<number>((total, each) => total + (each[field] ?? 0), 0);
  }
  return sum;
};

/** The figures of a month for the report (党员+社会救助, 走访, 线索), for the towns that the officer may see. */
export const readScreeningHandler = (deps: HttpDeps) =>
  handle(readScreening, deps, async ({ params, query, officer, now }) => {
    const { table } = deps;
    const { month } = params;
    const { areaCode = officer.area } = query;
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const today = dateAt(now);
    const tallies = await numbersIn(table, keys.talliesOf(month), tallyFields);
    const standings = await numbersIn(table, keys.standings, standingFields);
    const openOf = async (town: AreaCode): Promise<Open> => {
      const leads = await openLeadsIn(table, town);
      return { openLeads: leads.length, overdueLeads: leads.filter(({ dueOn }) => dueOn < today).length };
    };
    const towns = await Promise.all(
      townsIn(areaCode).map(async (town) => {
        const open = await openOf(town);
        return { town, open, standing: standings.get(town) ?? {}, tally: tallies.get(town) ?? {} };
      }),
    );
    const standing = sumOf(
      towns.map((town) => town.standing),
      standingFields,
    );
    const tally = sumOf(
      towns.map((town) => town.tally),
      tallyFields,
    );
    const openLeads = towns.reduce((total, { open }) => total + open.openLeads, 0);
    const overdueLeads = towns.reduce((total, { open }) => total + open.overdueLeads, 0);
    return reply(200, {
      month,
      areaCode,
      total: figuresOf(standing, tally, { openLeads, overdueLeads }),
      towns: towns.map(({ town, open, ...figures }) => ({
        areaCode: town,
        areaName: areaName(town),
        ...figuresOf(figures.standing, figures.tally, open),
      })),
    });
  });

export const handler = composed(() => readScreeningHandler(httpDeps()));

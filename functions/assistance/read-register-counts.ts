import { areaName, isCounty, townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readRegisterCounts } from './case-routes.ts';
import { RegisterProgramme } from './evaluation.ts';
import { registerCountsOf, sumOfCounts } from './register-count.ts';

/** What the register counts in the officer’s towns. Villages have no counts of their own: their lists are short. */
export const readRegisterCountsHandler = (deps: HttpDeps) =>
  handle(readRegisterCounts, deps, async ({ query, officer }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    if (!isCounty(area) && townOf(area) !== area) return refuse('OUTSIDE_AREA', '统计以镇街为单位。');
    const counted = await Promise.all(
      RegisterProgramme.options.map(async (programme) => {
        const all = await registerCountsOf(deps.table, programme);
        const towns = all.filter(({ areaCode }) => maySee({ ...officer, area }, areaCode));
        return { programme, towns, sum: sumOfCounts(towns) };
      }),
    );
    return reply(200, {
      areaCode: area,
      programmes: counted.map(({ programme, sum }) => ({ programme, ...sum })),
      towns: counted.flatMap(({ programme, towns }) =>
        towns.map((town) => ({ ...town, areaName: areaName(town.areaCode), programme })),
      ),
    });
  });

export const handler = composed(() => readRegisterCountsHandler(httpDeps()));

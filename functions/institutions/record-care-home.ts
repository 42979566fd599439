import { HomeRecorded } from '../../events/institutions.ts';
import { isKnownArea, townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Home, homeSubject } from './home.ts';
import { recordCareHome } from './home-routes.ts';
import { findHome, occupiedAtMost, type Standing, standingsOf, writeHome } from './home-store.ts';
import { viewHome } from './institution-view.ts';

const saysNothingNew = (existing: Home | undefined, next: Home): boolean =>
  existing !== undefined &&
  (['name', 'areaCode', 'kind', 'beds', 'state'] as const).every((field) => existing[field] === next[field]);

/** Why a home cannot be as it is to be, with who and what is in it; undefined when it can. */
const objectionTo = ({ state, beds }: Home, { occupied, fundFen }: Standing) => {
  if (state === 'closed' && (occupied > 0 || fundFen > 0)) return 'HOME_OCCUPIED';
  return occupied > beds ? 'BEDS_TAKEN' : undefined;
};

/** Records an institution. What says nothing new changes nothing, so that a repetition is not a change. */
export const recordCareHomeHandler = (deps: HttpDeps) =>
  handle(recordCareHome, deps, async ({ params, body, officer, now, correlationId }) => {
    const { table } = deps;
    const { creditCode } = params;
    const areaCode = townOf(body.areaCode);
    if (!isKnownArea(areaCode)) return refuse('AREA_UNKNOWN');
    const existing = await findHome(table, creditCode);
    const areas = [areaCode, ...(existing ? [existing.areaCode] : [])];
    if (!areas.every((area) => maySee(officer, area))) return refuse('OUTSIDE_AREA');
    const next: Home = { ...body, areaCode, creditCode, version: (existing?.version ?? 0) + 1 };
    const standing = (await standingsOf(table, [creditCode]))(creditCode);
    if (existing && saysNothingNew(existing, next)) return reply(200, viewHome(existing, standing));
    const objection = objectionTo(next, standing);
    if (objection) return refuse(objection);
    const { kind, beds, state } = next;

    const data = { creditCode, areaCode, kind, beds, state };
    const subject = homeSubject(creditCode);
    const fact = { subject, which: String(next.version), at: now, correlationId, data };
    const outcome = await transact(table, [
      writeHome(table, next),
      occupiedAtMost(table, creditCode, state === 'closed' ? 0 : beds),
      announce(table, happened(HomeRecorded, fact)),
    ]);
    return outcome.committed ? reply(200, viewHome(next, standing)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordCareHomeHandler(httpDeps()));

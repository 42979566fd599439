import { composed } from '../../shared/composed.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Application, asVisited, isVisited, isVisitedByDistrict, withStep } from './application.ts';
import { advance, applicationFor, marking, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { recordHomeVisit } from './survey-routes.ts';

type Visited = Call<typeof recordHomeVisit>;

/** What does not fit: a visit in the future or before the application, or of a member who is none. */
const refusalOf = ({ receivedOn, facts }: Application, { body, now }: Visited): string | undefined => {
  if (body.on > todayOf({ now })) return '入户日期不能晚于今天。';
  if (body.on < receivedOn) return '入户日期不能早于申请日期。';
  const known = new Set(facts.members.map(({ memberId }) => memberId));
  const unknown = body.stillInNeed.filter((memberId) => !known.has(memberId));
  return unknown.length > 0 ? `家庭成员中没有:${unknown.join('、')}。` : undefined;
};

/**
 * Adds one visitor's mark. The second visitor of the day completes the visit and settles who is still in need; the facts are
 * fixed once the opinion is given, so a visit of the district leaves them alone.
 */
const visited = (read: Application, { body, officer, now: at }: Visited): Application => {
  const { id: by, role } = officer;
  const mark = { round: read.round, by, role, ...body };
  const visits = [...read.visits, mark];
  const day = visits.filter(({ round, on }) => round === mark.round && on === mark.on);
  const settles = read.state === 'accepted' && day.length >= 2;
  const facts = settles ? asVisited(read.facts, day) : read.facts;
  return withStep(read, { step: 'visited', by: officer, at }, { visits, facts });
};

const record = async ({ table }: HttpDeps, call: Visited) => {
  const { params, body, officer } = call;
  const read = await applicationFor(table, officer, params.applicationNo);
  if ('refused' in read) return read;
  if (read.state !== 'accepted' && read.state !== 'awaiting-decision') return refuse('WRONG_STATE');
  const refusal = refusalOf(read, call);
  if (refusal !== undefined) return refuse('VISIT_REFUSED', refusal);
  const again = read.visits.some(
    ({ by, on, round }) => by === officer.id && on === body.on && round === read.round,
  );
  if (again) return refuse('VISITED_ALREADY');
  const next = visited(read, call);
  const complete = next.state === 'accepted' ? isVisited(next) : isVisitedByDistrict(next);
  const answer = reply(200, { ...progressOf(next, todayOf(call)), complete });
  return advance(table, { read, next, answer }, call);
};

/** Each visitor records what he saw himself; two marks of one day make a visit. */
export const recordHomeVisitHandler = (deps: HttpDeps) =>
  handle(
    recordHomeVisit,
    deps,
    marking((call: Visited) => record(deps, call)),
  );

export const handler = composed(() => recordHomeVisitHandler(httpDeps()));

import { PublicityOpened } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { happened } from '../../shared/event.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Fen } from '../../shared/money.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Application, isCheckValid, isVisited, type Opinion, withStep } from './application.ts';
import { dueAfter, publicityEnd, submitAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { proposalOn } from './opinion.ts';
import { type Publicity, publicityOf } from './publicity.ts';
import { openPublicity } from './publicity-store.ts';
import { giveOpinion } from './survey-routes.ts';

type Given = Call<typeof giveOpinion>;

const NOTHING = 0 as Fen;

/** Against it: nothing is published, and the district decides at once. */
const against = (read: Application, { body, officer, now: at }: Given, parameters: ParameterSet) => {
  const today = todayOf({ now: at });
  const { month } = proposalOn(read, undefined, today, parameters);
  const { reason } = body;
  const opinion: Opinion = {
    recommend: 'refuse',
    amountFen: NOTHING,
    persons: 0,
    month,
    reason,
    by: officer.id,
    at,
  };
  const next = withStep(
    read,
    { step: 'opinion-given', by: officer, at },
    { state: 'awaiting-decision', opinion, due: dueAfter('decide', today, parameters) },
  );
  return { next, opinion };
};

/** For it: what is proposed is published in the village from today. */
const inFavour = (
  read: Application,
  opinion: Opinion,
  { officer, now: at }: Given,
  parameters: ParameterSet,
): { readonly next: Application; readonly publicity: Publicity } => {
  const opensOn = todayOf({ now: at });
  const end = publicityEnd(opensOn, parameters);
  const publicity = publicityOf(read, opinion, { opensOn, endsOn: end.date });
  const { publicityId, endsOn } = publicity;
  const next = withStep(
    read,
    { step: 'opinion-given', by: officer, at },
    {
      state: 'publicity',
      opinion,
      publicity: { publicityId, opensOn, endsOn },
      due: submitAfter(end, parameters),
    },
  );
  return { next, publicity };
};

const opened = (publicity: Publicity, { now: at, correlationId }: Given) => {
  const { publicityId, applicationNo, areaCode, programme, amountFen, persons, endsOn } = publicity;
  const data = { publicityId, applicationNo, areaCode, programme, amountFen, persons, endsOn };
  return happened(PublicityOpened, {
    subject: `application/${applicationNo}`,
    which: publicityId,
    at,
    correlationId,
    data,
  });
};

/** 初审意见. For it only with a valid answer of the registers and a visit of two; who refuses to be checked can only be refused. */
export const giveOpinionHandler = (deps: HttpDeps) =>
  handle(giveOpinion, deps, async (call) => {
    const { params, body, officer, now: at } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'accepted') return refuse('WRONG_STATE');
    const today = todayOf(call);
    const parameters = await parametersOf(table);
    const surveyed = !read.facts.refusesCheck;
    if (surveyed && !isCheckValid(read, today)) return refuse('CHECK_MISSING');
    if (surveyed && !isVisited(read)) return refuse('VISIT_MISSING');
    if (body.recommend === 'refuse') {
      const { next, opinion } = against(read, call, parameters);
      return advance(
        table,
        { read, next, answer: reply(200, { ...progressOf(next, today), opinion }) },
        call,
      );
    }

    const { month, proposal, verdicts } = proposalOn(read, body.programme, today, parameters);
    if (!proposal?.verdict.eligible) {
      const summary =
        proposal?.verdict.summary ?? verdicts.find(({ programme }) => programme === 'dibao')?.summary;
      return refuse('NOT_ELIGIBLE', summary);
    }
    const { aid, programme, persons } = proposal;
    const amountFen = proposal.amountFen as Fen;
    const { reason } = body;
    const opinion: Opinion = {
      recommend: 'approve',
      aid,
      programme,
      amountFen,
      persons,
      month,
      reason,
      by: officer.id,
      at,
    };
    const { next, publicity } = inFavour(read, opinion, call, parameters);
    const { publicityId, endsOn } = publicity;
    const answer = reply(200, { ...progressOf(next, today), opinion, publicity: { publicityId, endsOn } });
    const further = [openPublicity(table, publicity), announce(table, opened(publicity, call))];
    return advance(table, { read, next, answer, further }, call);
  });

export const handler = composed(() => giveOpinionHandler(httpDeps()));

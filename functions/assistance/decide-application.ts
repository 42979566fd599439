import { ApplicationDecided } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import type { Write } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Application, hasHandled, surveyedAnew, withStep } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { delegationKey } from './approval.ts';
import { approve } from './approval-writing.ts';
import { decideApplication } from './decision-routes.ts';
import type { AidCode } from './evaluation.ts';
import { proposalOn, referralsOf } from './opinion.ts';
import { referralWrite } from './referral-announcement.ts';

export type Deciding = Call<typeof decideApplication>;

/** Who may not decide: a township without delegation, and whoever had a hand in the application. */
const refusalOf = (read: Application, { officer, now }: Deciding, parameters: ParameterSet) => {
  const month = monthOfDate(todayOf({ now }));
  const delegated = numberFor(parameters, delegationKey(read.opinion?.programme), month) > 0;
  if (officer.role === 'township-leader' && !delegated) return refuse('NOT_DELEGATED');
  if (read.state !== 'awaiting-decision') return refuse('WRONG_STATE');
  return hasHandled(read, officer.id) ? refuse('MAKER_IS_CHECKER') : undefined;
};

/** Back to the township for another survey, opinion and publicity. */
const returned = (
  read: Application,
  reasons: string,
  { officer, now: at }: Deciding,
  parameters: ParameterSet,
) =>
  withStep(
    read,
    { step: 'returned', by: officer, at, note: reasons },
    { ...surveyedAnew(read), due: dueAfter('survey', todayOf({ now: at }), parameters) },
  );

const refused = (
  read: Application,
  reasons: string,
  { officer, now: at }: Deciding,
  parameters: ParameterSet,
) => {
  const on = todayOf({ now: at });
  return withStep(
    read,
    { step: 'refused', by: officer, at },
    {
      state: 'refused',
      decision: { decision: 'refused', on, reasons, by: officer.id },
      due: dueAfter('notice', on, parameters),
    },
  );
};

const refusalWrites = (deps: HttpDeps, next: Application, call: Deciding): Write => {
  const { applicationNo, areaCode, version } = next;
  const data = { applicationNo, areaCode, decision: 'refused' as const, decidedBy: call.officer.id };
  const { now: at, correlationId } = call;
  const fact = { subject: `application/${applicationNo}`, which: String(version), at, correlationId, data };
  return announce(deps.table, happened(ApplicationDecided, fact));
};

/** The decision: by an officer who had no hand in the application (0.3.5), on what the numbers of today say. */
export const decideApplicationHandler = (deps: HttpDeps, seals: () => Promise<Seals>, handover: Handover) =>
  handle(decideApplication, deps, async (call) => {
    const { params, body, officer } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    const parameters = await parametersOf(table);
    const refusal = refusalOf(read, call, parameters);
    if (refusal) return refusal;
    const today = todayOf(call);
    if (body.decision === 'approve') return approve({ deps, seals, handover, parameters }, read, body, call);

    if (body.decision === 'return') {
      const next = returned(read, body.reasons, call, parameters);
      const nobody: AidCode[] = [];
      const answer = reply(200, { ...progressOf(next, today), referredTo: nobody });
      return advance(table, { read, next, answer }, call);
    }
    const next = refused(read, body.reasons, call, parameters);
    // Who is refused here may still be helped elsewhere (C36).
    const referredTo = referralsOf(proposalOn(read, undefined, today, parameters).verdicts);
    const further = [
      refusalWrites(deps, next, call),
      ...referredTo.map((programme) => referralWrite(table, next, { programme, urgent: false }, call)),
    ];
    const answer = reply(200, { ...progressOf(next, today), referredTo });
    return advance(table, { read, next, answer, further }, call);
  });

export const handler = composed(() =>
  decideApplicationHandler(
    httpDeps(),
    sealsFromEnvironment(),
    openHandover(environment('HANDOVER_BUCKET_NAME').HANDOVER_BUCKET_NAME, process.env),
  ),
);

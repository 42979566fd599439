import type * as z from 'zod';
import { ReliefDecided, ReliefGranted } from '../../events/relief.ts';
import { composed } from '../../shared/composed.ts';
import type { Write } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover, type Payee } from '../../shared/handover.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { assess } from './assessment.ts';
import { actingOf, caseFor, takeStep, writeStep } from './case-step.ts';
import { historyOf, writeGrants } from './case-store.ts';
import { summaryOf } from './case-view.ts';
import { decideCase } from './decision.ts';
import { returnCase } from './procedure.ts';
import { decideReliefCase } from './procedure-routes.ts';
import { personsOf, type ReliefCase } from './relief-case.ts';
import { sealText } from './sealed-case.ts';

type Deciding = Call<typeof decideReliefCase>;

/** Who is paid and where to, for payments alone: events may not say it. */
const payeeOf = ({ caseNo, applicant, account }: ReliefCase, seals: Seals): z.output<typeof Payee> => ({
  name: seals.open(caseNo, 'name', applicant.name),
  identityNumber: seals.open(caseNo, 'identityNumber', applicant.identityNumber),
  ...(applicant.phone ? { phone: seals.open(caseNo, 'phone', applicant.phone) } : {}),
  ...(account
    ? {
        account: seals.open(caseNo, 'account', account.account),
        accountName: seals.open(caseNo, 'accountName', account.accountName),
        bank: account.bank,
      }
    : {}),
});

const handoverKeyOf = ({ caseNo }: ReliefCase): string => `relief/${caseNo}`;

const decisionWrites = ({ table }: HttpDeps, next: ReliefCase, { officer, now, correlationId }: Deciding) => {
  const { caseNo, areaCode, amountFen, decision } = next;
  if (!decision) throw new Error('The case was not decided.');
  const fact = { subject: `relief/${caseNo}`, at: now, correlationId };
  const persons = personsOf(next);
  const decided = happened(ReliefDecided, {
    ...fact,
    which: 'decided',
    data: {
      caseNo,
      areaCode,
      approved: decision.approved,
      level: decision.level,
      month: decision.month,
      amountFen: decision.approved ? amountFen : 0,
      persons,
      by: officer.id,
    },
  });
  const writes: Write[] = [announce(table, decided)];
  if (decision.approved && next.method === 'bank') {
    const data = {
      caseNo,
      month: decision.month,
      amountFen,
      persons,
      areaCode,
      handover: handoverKeyOf(next),
    };
    writes.push(announce(table, happened(ReliefGranted, { ...fact, which: 'granted', data })));
  }
  return writes;
};

/**
 * Approves or refuses. The payee is handed over before the transaction: if we die between the two, or lose, an object
 * remains that no event names, and expires; the other way round payments would be told of somebody they cannot find.
 */
const decide = async (deps: HttpDeps, call: Deciding, seals: Seals, handover: Handover) => {
  const { body, officer, params } = call;
  const known = await caseFor(deps.table, call, params.caseNo);
  if (typeof known === 'string') return refuse(known);
  const acting = await actingOf(deps.table, call);
  const asked = { ...known, amountFen: body.amountFen ?? known.amountFen };
  const { others, grants } = await historyOf(deps.table, known);
  const text = (place: string, words: string) => sealText(seals, known.caseNo, place, words);
  const approves = body.decision === 'approve';
  const next = decideCase(
    asked,
    {
      approves,
      role: officer.role,
      reason: text('decision', body.reason),
      exceptionReason:
        body.exceptionReason === undefined ? undefined : text('exception', body.exceptionReason),
      assessment: assess(asked, others, acting),
    },
    acting,
  );
  if (typeof next === 'string') return refuse(next);
  if (approves && next.method === 'bank') {
    await handover.give(handoverKeyOf(next), { [next.caseNo]: payeeOf(next, seals) });
  }
  const { caseNo, cause, causeDate, amountFen } = next;
  const grant = { caseNo, cause, causeDate, on: acting.date, amountFen };
  const outcome = await writeStep(deps.table, next, 'decision', call, [
    ...decisionWrites(deps, next, call),
    ...(approves ? writeGrants(deps.table, grants, grant) : []),
  ]);
  return outcome.committed ? reply(200, summaryOf(next)) : refuse('CHANGED_MEANWHILE');
};

/** A small amount is decided in the township, everything else by the bureau; the bureau may also send a case back. */
export const decideReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>, handover: Handover) =>
  handle(decideReliefCase, deps, async (call) => {
    const { body, officer, params } = call;
    const inTownship = officer.role === 'township-leader';
    if (!inTownship && !actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    if (body.decision !== 'return') return decide(deps, call, open, handover);
    if (inTownship) return refuse('BEYOND_TOWNSHIP');
    return takeStep(deps, params.caseNo, 'return', call, (known, acting) => {
      const reason = sealText(open, known.caseNo, `return-${known.returns.length}`, body.reason);
      return returnCase(known, reason, acting);
    });
  });

export const handler = composed(() => {
  const { HANDOVER_BUCKET_NAME } = environment('HANDOVER_BUCKET_NAME');
  return decideReliefCaseHandler(
    httpDeps(),
    sealsFromEnvironment(),
    openHandover(HANDOVER_BUCKET_NAME, process.env),
  );
});

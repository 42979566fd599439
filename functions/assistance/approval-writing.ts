import { ApplicationDecided } from '../../events/assistance.ts';
import { putNew, type Table, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Handover } from '../../shared/handover.ts';
import type { Call, HttpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { yuanText } from '../../shared/money.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Application, isCheckValid, isVisitedByDistrict, withStep } from './application.ts';
import { todayOf } from './application-command.ts';
import { stepWrites } from './application-store.ts';
import { progressOf } from './application-view.ts';
import { admitted, ended, excluding, leftBehind } from './approval.ts';
import type { Case } from './case.ts';
import { isPaid } from './case.ts';
import { caseSeries, transactNumbered } from './case-number.ts';
import { writeCases } from './case-store.ts';
import type { decideApplication } from './decision-routes.ts';
import { determinationsMade } from './determinations-made.ts';
import { movedTo, payeeOf } from './identity.ts';
import { type Found, findKnown, readAdmissions, viewKnown } from './known-already.ts';
import { type Proposal, proposalOn, referralsOf } from './opinion.ts';
import { referralWrite } from './referral-announcement.ts';
import { keys } from './table.ts';

type Deciding = Call<typeof decideApplication>;
type Means = {
  readonly deps: HttpDeps;
  readonly seals: () => Promise<Seals>;
  readonly handover: Handover;
  readonly parameters: ParameterSet;
};

/** What must hold before an approval, besides who gives it. */
const notReady = (read: Application, today: string) => {
  if (read.opinion?.recommend !== 'approve') return refuse('OPINION_AGAINST');
  if (read.relatedToOfficer && !isVisitedByDistrict(read)) return refuse('DISTRICT_VISIT_MISSING');
  return isCheckValid(read, today) ? undefined : refuse('CHECK_MISSING');
};

/** Facts and numbers may have changed since the opinion: what the approver agrees to must be what is reckoned today. */
const changedNumbers = ({ opinion }: Application, agreedFen: number | undefined, proposal: Proposal) => {
  const proposed = { amountFen: opinion?.amountFen ?? 0, persons: opinion?.persons ?? 0 };
  const { amountFen, persons } = proposal;
  const agrees =
    agreedFen === undefined
      ? proposed.amountFen === amountFen && proposed.persons === persons
      : agreedFen === amountFen;
  if (agrees) return undefined;
  const text = ({ amountFen: fen, persons: number }: typeof proposed) =>
    `每月 ${yuanText(fen)} 元(${number} 人)`;
  return refuse(
    'NUMBERS_CHANGED',
    `初审意见为${text(proposed)},按现行标准和家庭情况核算为${text({ amountFen, persons })}。如同意按现核算金额批准,请在审批中填写该金额。`,
  );
};

const decided = (read: Application, newCase: Case, call: Deciding): Application => {
  const { officer, now: at, body } = call;
  const { caseNo, amountFen, persons, determinations } = newCase;
  const from = determinations[0]?.from;
  return withStep(
    read,
    { step: 'approved', by: officer, at },
    {
      state: 'approved',
      decision: {
        decision: 'approved',
        on: todayOf(call),
        reasons: ('reasons' in body ? body.reasons : undefined) ?? read.opinion?.reason ?? '',
        by: officer.id,
        caseNo,
        ...(from === undefined ? {} : { approved: { amountFen, persons, from } }),
      },
      due: undefined,
    },
  );
};

const decidedEvent = (table: Table, next: Application, newCase: Case, call: Deciding): Write => {
  const { applicationNo, areaCode, version } = next;
  const { programme, caseNo, amountFen, persons } = newCase;
  const { officer, now: at, correlationId } = call;
  return announce(
    table,
    happened(ApplicationDecided, {
      subject: `application/${applicationNo}`,
      which: String(version),
      at,
      correlationId,
      data: {
        applicationNo,
        areaCode,
        decision: 'approved',
        programme,
        caseNo,
        amountFen,
        persons,
        decidedBy: officer.id,
      },
    }),
  );
};

/**
 * Tells payments whom the case pays, before the transaction that announces it. The key names the case too: the loser of a race
 * between two approvals may have drawn another number and must not overwrite what the winner told.
 */
const handOver = async (handover: Handover, seals: Seals, newCase: Case): Promise<{ handover?: string }> => {
  if (!isPaid(newCase.programme)) return {};
  const key = `assistance/${newCase.applicationNo}/${newCase.caseNo}`;
  await handover.give(key, { [newCase.caseNo]: payeeOf(seals, newCase) });
  return { handover: key };
};

const exclusion = (found: readonly Found[]) =>
  refuse(
    'IN_EXCLUSIVE_PROGRAMME',
    `${found
      .flatMap(viewKnown)
      .map(({ text }) => text)
      .join(';')}。`,
  );

/**
 * Approves: application, case, first determination, whoever leaves another layer for it, what payments and other owners are
 * told, and the numbers drawn, in one transaction.
 */
export const approve = async (
  { deps: { table }, seals, handover, parameters }: Means,
  read: Application,
  { amountFen: agreedFen }: { readonly amountFen?: number | undefined },
  call: Deciding,
) => {
  const { now: at, officer, correlationId } = call;
  const today = todayOf(call);
  const unready = notReady(read, today);
  if (unready) return unready;
  const { month, proposal, verdicts } = proposalOn(read, read.opinion?.aid, today, parameters);
  if (!proposal?.verdict.eligible) return refuse('NOT_ELIGIBLE', proposal?.verdict.summary);
  const changed = changedNumbers(read, agreedFen, proposal);
  if (changed) return changed;
  // Read before the look-up: whoever admits one of these persons in between makes this transaction lose.
  const admissions = await readAdmissions(
    table,
    Object.values(read.identities).map(({ person }) => person),
  );
  const found = await findKnown(table, read.identities, read.applicationNo);
  const excluded = excluding(found, proposal);
  if (excluded.length > 0) return exclusion(excluded);

  const open = await seals();
  const referredTo = referralsOf(verdicts);
  const outcome = await transactNumbered(
    table,
    caseSeries(proposal.programme, read.areaCode, today),
    async (caseNo) => {
      const admission = { application: read, proposal, caseNo, month, at, checker: officer.id, parameters };
      const newCase: Case = { ...admitted(admission), ...movedTo(open, read.applicationNo, caseNo, read) };
      const left = leftBehind(found, proposal, read.identities).map((known) => ({
        read: known,
        next: ended(known, admission),
      }));
      const origin = `application/${read.applicationNo}`;
      const told = await handOver(handover, open, newCase);
      const next = decided(read, newCase, call);
      const answer = reply(200, { ...progressOf(next, today), caseNo, referredTo });
      const made = [newCase, ...left.map((change) => change.next)];
      const writes = [
        ...stepWrites(table, next, read, call),
        ...writeCases(table, [{ next: newCase }, ...left]),
        ...admissions(table),
        ...(newCase.citizenId === undefined
          ? []
          : [putNew(table, keys.citizen(newCase.citizenId, `case/${caseNo}`))]),
        announce(table, determinationsMade(made, { origin, which: caseNo, at, correlationId, ...told })),
        decidedEvent(table, next, newCase, call),
        ...referredTo.map((programme) => referralWrite(table, next, { programme, urgent: false }, call)),
        ...call.remember(answer),
      ];
      return { writes, value: answer };
    },
  );
  return outcome.committed ? outcome.value : refuse('CHANGED_MEANWHILE');
};

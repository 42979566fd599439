import { countyOf, isKnownArea, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { IdentityNumber } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import type { Fen } from '../../shared/money.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { openReliefCase } from './case-routes.ts';
import { actingOf, caseMoved } from './case-step.ts';
import { drawCaseNo, writeNewCase } from './case-store.ts';
import { summaryOf } from './case-view.ts';
import { acceptCase } from './procedure.ts';
import type { ReliefCase } from './relief-case.ts';
import { parsePersons, sealAccount, sealPerson, sealText } from './sealed-case.ts';

type Opening = Call<typeof openReliefCase>;

/** The case as it is taken in, before anybody accepted it; everything personal sealed. */
const draftOf = (
  { body, officer, now }: Opening,
  caseNo: string,
  numbers: readonly IdentityNumber[],
  seals: Seals,
): ReliefCase | 'ACCOUNT_REFUSED' => {
  const { applicant, members, account, description, ...facts } = body;
  const people = [applicant, ...members];
  const [head, ...others] = people.map(({ name }, place) =>
    sealPerson(seals, caseNo, place, { name, identityNumber: numbers[place] ?? ('' as IdentityNumber) }),
  );
  if (!head) throw new Error('A case has an applicant.');
  const sealedAccount =
    account &&
    sealAccount(
      seals,
      caseNo,
      account,
      people.map(({ name }) => name),
    );
  if (sealedAccount === 'ACCOUNT_REFUSED') return 'ACCOUNT_REFUSED';
  return {
    ...facts,
    caseNo,
    version: 1,
    state: 'draft',
    description: sealText(seals, caseNo, 'description', description),
    applicant: {
      ...head,
      phone: applicant.phone === undefined ? undefined : seals.seal(caseNo, 'phone', applicant.phone),
    },
    members: others,
    account: sealedAccount,
    special: false,
    amountFen: 0 as Fen,
    opened: { at: now, by: officer.id },
    objections: [],
    returns: [],
    refunds: [],
  };
};

/** Takes in an application. A number drawn for one that is refused afterwards, or whose transaction is lost, stays unused. */
export const openReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(openReliefCase, deps, async (call) => {
    const { body, officer, now, remember } = call;
    const { table } = deps;
    const today = dateAt(now);
    if (!isKnownArea(body.areaCode) || townOf(body.areaCode) === body.areaCode) return refuse('AREA_UNKNOWN');
    if (!maySee(officer, body.areaCode)) return refuse('OUTSIDE_AREA');
    if (body.causeDate > today) return refuse('CAUSE_IN_FUTURE');
    const numbers = parsePersons([body.applicant, ...body.members], today);
    if (typeof numbers === 'string') return refuse(numbers);

    const division = countyOf(body.areaCode).slice(0, 6);
    const caseNo = await drawCaseNo(table, division, today.slice(0, 4));
    const draft = draftOf(call, caseNo, numbers, await seals());
    if (draft === 'ACCOUNT_REFUSED') return refuse(draft);
    const accepted =
      officer.role === 'township-clerk' ? acceptCase(draft, await actingOf(table, call)) : draft;
    if (typeof accepted === 'string') throw new Error('A draft can always be accepted.');
    const opened: ReliefCase = { ...accepted, version: 1 };
    const answer = reply(201, summaryOf(opened));
    const outcome = await transact(table, [
      // A drawn number is nobody else's, so only a repeated idempotency key can lose: CHANGED_MEANWHILE.
      ...writeNewCase(table, opened),
      announce(table, caseMoved(opened, 'opening', call)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => openReliefCaseHandler(httpDeps(), sealsFromEnvironment()));

import { ReserveReconciled } from '../../events/relief.ts';
import type { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, putOver, type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { yuan } from '../../shared/explanation.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Month, monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { naturalDaysAfter } from '../../shared/working-day.ts';
import { isTown } from './area-scope.ts';
import type { Finding } from './finding.ts';
import { findingItem, findingMoved } from './finding-store.ts';
import { type Reconciliation, signedFen } from './reserve.ts';
import { reconcileReserve } from './reserve-routes.ts';
import { entriesOf, findReconciliation, reservesOf } from './reserve-store.ts';
import { viewReconciliation } from './reserve-view.ts';
import { keys } from './table.ts';

/** What the books say a township held at the end of a month, over all budget years: the bank knows one account. */
const bookAtEndOf = async (table: Table, town: AreaCode, month: Month): Promise<number> => {
  let fen = 0;
  for (const { year } of await reservesOf(table, town)) {
    for (const entry of await entriesOf(table, town, year)) {
      if (monthOfDate(dateAt(entry.at)) <= month) fen += signedFen(entry);
    }
  }
  return fen;
};

const findingOf = async (
  table: Table,
  { town, month, version, bookFen, bankFen, differenceFen }: Reconciliation,
  { now, officer }: Call<typeof reconcileReserve>,
): Promise<Finding> => {
  const today = dateAt(now);
  const days = numberFor(await parametersOf(table), 'temp.finding_days', monthOfDate(today));
  const { date: deadline, certain } = naturalDaysAfter(today, days);
  return {
    findingId: `bank-${month}-${version}`,
    version: 1,
    state: 'open',
    town,
    check: 'reserve-reconciled',
    text: `${month} 月末银行对账单余额 ${yuan(bankFen)},账面余额 ${yuan(bookFen)},相差 ${yuan(differenceFen)},请核对并说明。`,
    deadline,
    certain,
    recordedAt: now,
    recordedBy: officer.id,
    answers: [],
    confirmations: [],
  };
};

/** Compares the bank's balance with the books. Entered again, the month has its new comparison; what was found stays. */
export const reconcileReserveHandler = (deps: HttpDeps) =>
  handle(reconcileReserve, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now, correlationId, remember } = call;
    const { areaCode: town, month } = params;
    if (!isTown(town)) return refuse('TOWN_NEEDED');
    if (!maySee(officer, town)) return refuse('OUTSIDE_AREA');
    if (month >= monthOfDate(dateAt(now))) return refuse('MONTH_NOT_OVER');
    const before = await findReconciliation(table, town, month);
    const bookFen = await bookAtEndOf(table, town, month);
    const differenceFen = body.bankFen - bookFen;
    const version = (before?.version ?? 0) + 1;
    const own: Reconciliation = {
      town,
      month,
      version,
      bookFen,
      bankFen: body.bankFen,
      differenceFen,
      at: now,
      by: officer.id,
    };
    const finding = differenceFen === 0 ? undefined : await findingOf(table, own, call);
    const reconciliation = { ...own, findingId: finding?.findingId };
    const item = { ...reconciliation, ...keys.reconciliation(town, month) };
    const fact = { subject: `reserve/${town}`, which: `${month}-${version}`, at: now, correlationId };
    const data = { areaCode: town, month, bookFen, bankFen: body.bankFen, differenceFen, by: officer.id };
    const answer = reply(200, viewReconciliation(reconciliation));
    const outcome = await transact(table, [
      // Loses to whoever entered the same month at the same moment: CHANGED_MEANWHILE.
      before ? putOver(table, item, before.version) : putNew(table, item),
      announce(table, happened(ReserveReconciled, { ...fact, data })),
      ...(finding ? [putNew(table, findingItem(finding)), announce(table, findingMoved(finding, call))] : []),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => reconcileReserveHandler(httpDeps()));

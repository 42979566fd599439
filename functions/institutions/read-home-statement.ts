import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { booksOf, movedBy, turnoversFrom } from './book-store.ts';
import { findHome } from './home-store.ts';
import { type Purpose, purposes } from './ledger.ts';
import { readHomeStatement } from './voucher-routes.ts';

/** The statement of an institution: from the balance now back to the month, by what moved since. */
export const readHomeStatementHandler = (deps: HttpDeps) =>
  handle(readHomeStatement, deps, async ({ params, officer }) => {
    const { table } = deps;
    const { creditCode, month } = params;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const { fundFen, accounts } = await booksOf(table, creditCode);
    const turnovers = await turnoversFrom(table, creditCode, month);
    const own = turnovers.find((each) => each.month === month);
    const since = turnovers
      .filter((each) => each.month > month)
      .reduce((sum, each) => sum + movedBy(each), 0);
    const closingFen = fundFen - since;
    const movements = (Object.keys(purposes) as Purpose[]).flatMap((purpose) => {
      const { side, name } = purposes[purpose];
      const amountFen = own?.amounts[purpose] ?? 0;
      return amountFen === 0 ? [] : [{ purpose, purposeName: name, side, amountFen }];
    });
    const sideOf = (side: 'credit' | 'debit') =>
      movements.reduce((sum, movement) => sum + (movement.side === side ? movement.amountFen : 0), 0);
    const personsFen = accounts.reduce((sum, { balanceFen }) => sum + balanceFen, 0);
    return reply(200, {
      creditCode,
      homeName: home.name,
      areaCode: home.areaCode,
      month,
      openingFen: closingFen - (own ? movedBy(own) : 0),
      movements,
      creditFen: sideOf('credit'),
      debitFen: sideOf('debit'),
      closingFen,
      fundFen,
      personsFen,
      balanced: fundFen === personsFen,
    });
  });

export const handler = composed(() => readHomeStatementHandler(httpDeps()));

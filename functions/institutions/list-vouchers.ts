import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findHome } from './home-store.ts';
import { viewVoucher } from './institution-view.ts';
import { listings } from './table.ts';
import { Voucher } from './voucher.ts';
import { listVouchers } from './voucher-routes.ts';

export const listVouchersHandler = (deps: HttpDeps) =>
  handle(listVouchers, deps, async ({ params, query, officer }) => {
    const { creditCode } = params;
    const home = await findHome(deps.table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const { state, limit, cursor } = query;
    const { items, next } = await listPage(deps.table, listings.vouchersOf(creditCode), {
      limit,
      cursor,
      prefix: state === 'proposed' ? 'PROPOSED#' : 'DECIDED#',
    });
    return reply(200, {
      items: items.map((item) => viewVoucher(Voucher.parse(item))),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listVouchersHandler(httpDeps()));

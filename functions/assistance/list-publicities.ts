import { type AreaCode, isCounty, isKnownArea, townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Item, Table } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { listPage } from '../../shared/listing.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { todayOf } from './application-command.ts';
import { standingFrom, withDossiers } from './case-store.ts';
import type { RegisterProgramme } from './evaluation.ts';
import { isOpen, viewPublicity, viewRegistered } from './publicity.ts';
import { listPublicities } from './publicity-routes.ts';
import { openPublicities } from './publicity-store.ts';
import { listings } from './table.ts';

type Asked = { readonly area: AreaCode; readonly limit: number; readonly start: Item | undefined };

/** A town's publicities lie together; those of one village are picked out. */
const proposed = async (table: Table, { area, limit, start }: Asked, today: string) => {
  const { items, next } = await openPublicities(table, townOf(area), { today, limit, start });
  const here = (each: AreaCode) => area === townOf(area) || each === area;
  return { items: items.filter((each) => isOpen(each, today) && here(each.areaCode)), next };
};

const registered = async (table: Table, { area, limit, start }: Asked, programme: RegisterProgramme) => {
  const prefix = area === townOf(area) ? {} : { prefix: `${area}#` };
  const page = { limit, cursor: start, ...prefix };
  const { items, next } = await listPage(
    table,
    listings.casesIn(programme, townOf(area)),
    page,
    'oldest-first',
  );
  const standing = items.map(standingFrom).filter(({ state }) => state !== 'ended');
  return { items: await withDossiers(table, standing), next };
};

/** What anybody may read: proposals open to objection, or households on the register (长期公示). */
export const listPublicitiesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listPublicities, deps, async ({ query, now }) => {
    const { areaCode: area, limit, cursor, stage, programme } = query;
    if (!isKnownArea(area) || isCounty(area)) return refuse('AREA_UNKNOWN');
    const today = todayOf({ now });
    const asked = { area, limit, start: cursor as Item | undefined };
    const open = await seals();
    if (stage === 'proposed') {
      const { items, next } = await proposed(deps.table, asked, today);
      return reply(200, { items: items.map((each) => viewPublicity(each, open)), next: cursorText(next) });
    }
    const { items, next } = await registered(deps.table, asked, programme);
    const shown = items.map((each) => viewRegistered(each, open, today));
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listPublicitiesHandler(httpDeps(), sealsFromEnvironment()));

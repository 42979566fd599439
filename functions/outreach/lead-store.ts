import { LeadReceived } from '../../events/outreach.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { dateAt, type Instant } from '../../shared/clock.ts';
import {
  getItem,
  type Item,
  putNew,
  putOver,
  queryAll,
  type Table,
  transact,
  type Write,
} from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type Month, monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { isOpen, Lead, type NewLead, received } from './lead.ts';
import { count, type Tally } from './screening.ts';
import { keys, listings } from './table.ts';

/** Open leads come in the order in which they are due, closed ones in the order in which they came. */
const leadItem = (lead: Lead): Item => ({
  ...lead,
  ...keys.lead(lead.leadNo),
  listPk: listings.leadsIn(townOf(lead.areaCode)),
  listSk: isOpen(lead) ? `OPEN#${lead.dueOn}#${lead.leadNo}` : `CLOSED#${lead.receivedAt}#${lead.leadNo}`,
});

export const findLead = async (table: Table, leadNo: string): Promise<Lead | undefined> => {
  const item = await getItem(table, keys.lead(leadNo));
  return item && Lead.parse(item);
};

/** The keys of a town's open leads as the index has them: due date and number. */
export const openLeadsIn = async (
  table: Table,
  town: Lead['areaCode'],
): Promise<{ readonly dueOn: string; readonly leadNo: string }[]> => {
  const open: { readonly dueOn: string; readonly leadNo: string }[] = [];
  const selection = {
    IndexName: 'listing',
    KeyConditionExpression: 'listPk = :pk AND begins_with(listSk, :sk)',
    ExpressionAttributeValues: { ':pk': listings.leadsIn(town), ':sk': 'OPEN#' },
  };
  for await (const { listSk } of queryAll(table, selection)) {
    const [, dueOn = '', leadNo = ''] = String(listSk).split('#');
    open.push({ dueOn, leadNo });
  }
  return open;
};

/** Writes the next version of a lead; loses to whoever changed it in between. */
export const writeLead = (table: Table, next: Lead): Write =>
  putOver(table, leadItem(next), next.version - 1);

const ATTEMPTS = 10;
/** The place of the first further write among those of a new lead. */
const FIRST_FURTHER = 4;

export type Receiving = {
  readonly table: Table;
  readonly parameters: ParameterSet;
  readonly at: Instant;
  readonly by: string;
  readonly correlationId: string;
};

/**
 * Receives a lead under the next number of its county and year, `330702-XS-2021-000001`, together with the writes that belong
 * to it and figures that are counted along. Who loses the race for the number tries the next one; `'LOST'` when one of the further writes lost.
 */
export const receive = async (
  { table, parameters, at, by, correlationId }: Receiving,
  areaCode: AreaCode,
  contentOf: (leadNo: string) => Omit<NewLead, 'areaCode'>,
  further: (lead: Lead) => readonly Write[],
  also?: { readonly month: Month; readonly tally: Tally },
): Promise<Lead | 'LOST'> => {
  const today = dateAt(at);
  const month = monthOfDate(today);
  const [county, year] = [areaCode.slice(0, 6), today.slice(0, 4)];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const counterKey = keys.leadCounter(county, year);
    const counter = await getItem(table, counterKey);
    const last = Number(counter?.last ?? 0);
    const leadNo = `${county}-XS-${year}-${String(last + 1).padStart(6, '0')}`;
    const lead = received(leadNo, { ...contentOf(leadNo), areaCode }, { at, by }, parameters);
    const { source, caseNo, dueOn } = lead;
    const next = { ...counterKey, last: last + 1, version: last + 1 };
    const data = { leadNo, areaCode, leadSource: source, caseNo, dueOn };
    const fact = { subject: `lead/${leadNo}`, which: 'received', at, correlationId, data };
    const outcome = await transact(table, [
      // Another lead took the number: it is drawn anew.
      last === 0 ? putNew(table, next) : putOver(table, next, last),
      putNew(table, leadItem(lead)),
      announce(table, happened(LeadReceived, fact)),
      // A transaction writes an item once, so figures of one month are added in one go.
      count(table, month, areaCode, {
        leads: 1,
        [`leads-${source}`]: 1,
        ...(also?.month === month ? also.tally : {}),
      }),
      ...further(lead),
      ...(also && also.month !== month ? [count(table, also.month, areaCode, also.tally)] : []),
    ]);
    if (outcome.committed) return lead;
    if (outcome.lost.some((index) => index >= FIRST_FURTHER)) return 'LOST';
  }
  throw new Error(`No lead number was free in ${ATTEMPTS} attempts.`);
};

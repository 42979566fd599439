import { keys, listings, outreachTable } from '../../functions/outreach/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const month = '2021-07' as Month;
const town = '330702100000' as AreaCode;
const village = '330702100200' as AreaCode;
const caseNo = '330702-DB-2021-000001';
const leadNo = '330702-XS-2021-000001';
const signals = keys.signalsOf(caseNo);

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  aide: ['one aide', keys.aide('<aide id>')],
  aideSlot: ['that a phone number is registered in a village', keys.aideSlot(village, '<phone index>')],
  plan: ['one household of the visit plan', keys.plan(caseNo)],
  visit: ['one visit', keys.visit(`household/${caseNo}`, '2021-07-05', '<visit id>')],
  visitsOf: ['visits to a household or on a lead, newest first', keys.visitsOf(`lead/${leadNo}`)],
  campaign: ['one campaign of visits with gifts', keys.campaign('<campaign id>')],
  gift: ['what a household was given in a campaign', keys.gift('<campaign id>', caseNo)],
  giftsOf: ['what a campaign gave, household by household', keys.giftsOf('<campaign id>')],
  giftTally: ['what a campaign gave in a town', keys.giftTally('<campaign id>', town)],
  giftTalliesOf: ['what a campaign gave, town by town', keys.giftTalliesOf('<campaign id>')],
  lead: ['one lead', keys.lead(leadNo)],
  leadCounter: ['the last lead number of a county and year', keys.leadCounter('330702', '2021')],
  look: ['who saw the contact of a lead, and why', keys.look(leadNo, '<time and officer>')],
  warning: ['that an occasion has warned', keys.warning('watch-after-exit', caseNo, '2')],
  signal: ['one thing that was noticed', keys.signal(caseNo, 'returned', '2021-07-10', '<return and line>')],
  signalsOf: ['how often something happened in a time', { pk: signals, prefix: 'returned#2021' }],
  tally: ['figures of a town and month', keys.tally(month, town)],
  talliesOf: ['figures of a month, town by town', keys.talliesOf(month)],
  standing: ['how a town stands', keys.standing(town)],
  standings: ['how all towns stand', keys.standings],
};

export const outreachPatterns: ContextPatterns = {
  table: outreachTable,
  onTable: Object.values(patterns),
  history: [
    'what happened to a household, an aide, a visit or a lead, oldest first',
    `lead/${leadNo}`,
    'outreach.lead-received.v1',
  ],
  onIndexes: [
    onIndex('listing', 'aides of a town, village by village', listings.aidesIn(town), `${village}#<aide id>`),
    onIndex(
      'listing',
      'households of a town, next visit first',
      listings.planIn(town),
      `2021-07-05#${village}#${caseNo}`,
    ),
    onIndex(
      'listing',
      'campaigns of a county, newest first',
      listings.campaignsIn('330702000000' as AreaCode),
      '2021-02-01#<campaign id>',
    ),
    onIndex(
      'listing',
      'open leads of a town, due first',
      listings.leadsIn(town),
      `OPEN#2021-07-20#${leadNo}`,
    ),
    onIndex(
      'listing',
      'closed leads of a town',
      listings.leadsIn(town),
      `CLOSED#2021-07-05T02:30:00.000Z#${leadNo}`,
    ),
  ],
};

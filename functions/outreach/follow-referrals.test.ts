import { expect, test } from 'vitest';
import { ReferralMade } from '../../events/assistance.ts';
import { openSampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { HappenedOf } from '../../shared/event.ts';
import { followReferrals } from './follow-referrals.ts';
import { listLeads } from './lead-routes.ts';
import { listLeadsHandler } from './list-leads.ts';
import { readScreening } from './plan-routes.ts';
import { readScreeningHandler } from './read-screening.ts';
import { outreachTable } from './table.ts';

const clerk = sampleOfficer('township-clerk', '330702100000');

test('a referral becomes one lead of the town, due at once when it is urgent (A19, C36)', async () => {
  const desk = openSampleDesk(outreachTable, '2021-07-05T02:00:00.000Z');
  const ask = desk.serving({
    listLeads: listLeadsHandler(desk.deps),
    readScreening: readScreeningHandler(desk.deps),
  });
  const refer = (programme: string, urgent = false) =>
    followReferrals(desk.table)({
      id: programme,
      type: ReferralMade.type,
      source: ReferralMade.source,
      subject: 'application/330702-SQ-2021-000001',
      time: '2021-07-05T02:00:00.000Z',
      correlationId: 'c',
      data: { applicationNo: '330702-SQ-2021-000001', areaCode: '330702100200', programme, urgent },
    } as HappenedOf<typeof ReferralMade>);

  await refer('child');
  await refer('child');
  await refer('temporary-relief', true);

  const { items } = (await ask(listLeads, clerk)).body;
  expect(items).toMatchObject([
    {
      dueOn: '2021-07-06',
      sourceName: '一件事转办',
      asked: { applicationNo: '330702-SQ-2021-000001', programmeName: '临时救助', urgent: true },
    },
    { dueOn: '2021-07-20', asked: { programmeName: '困境儿童保障', urgent: false } },
  ]);
  const { total } = (await ask(readScreening, clerk, { params: { month: '2021-07' } })).body;
  expect(total).toMatchObject({ leads: 2, leadsBySource: { referral: 2 } });
});

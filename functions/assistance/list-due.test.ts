import { expect, test } from 'vitest';
import { sampleOfficer } from '../../infra/local/sample-desk.ts';
import { decideAdjustment, proposeAdjustment } from './adjustment-routes.ts';
import { listDue } from './application-routes.ts';
import { decideAdjustmentHandler } from './decide-adjustment.ts';
import { listDueHandler } from './list-due.ts';
import { proposeAdjustmentHandler } from './propose-adjustment.ts';
import { openSampleRegister } from './sample-register.ts';

const CASE = '330702-TK-2021-900001';

test('a care tier that is to be assessed anew is due in ten working days until it is decided (B09)', async () => {
  const desk = openSampleRegister('2021-05-20T02:00:00.000Z');
  const { deps, seals, handover } = desk;
  const ask = desk.serving({
    proposeAdjustment: proposeAdjustmentHandler(deps, seals),
    decideAdjustment: decideAdjustmentHandler({ ...deps, seals, handover }),
    listDue: listDueHandler(deps),
  });
  const clerk = sampleOfficer('district-clerk', '330702000000');
  const chief = sampleOfficer('section-chief', '330702000000');
  const due = async (until: string) =>
    ((await ask(listDue, clerk, { query: { until } })).body.items as { readonly kind: string }[]).filter(
      ({ kind }) => kind === 'adjustment',
    );
  const facts = { destitute: { form: 'at-home' as const } };
  await desk.enter({
    caseNo: CASE,
    programme: 'destitute',
    from: '2021-01',
    members: [{ bornIn: 1950 }],
    facts,
  });

  const { body } = await ask(proposeAdjustment, clerk, {
    params: { caseNo: CASE },
    body: {
      reason: '群众报告,已核实',
      change: { cause: 'care-assessment', memberId: 'm1', unableTo: ['eat', 'dress', 'wash', 'walk'] },
      reportedOn: '2021-05-18',
    },
  });

  expect(await due('2021-05-31')).toEqual([]);
  expect(await due('2021-06-01')).toMatchObject([
    {
      number: body.adjustmentId,
      date: '2021-06-01',
      what: '生活自理能力复评',
      overdue: false,
      certain: true,
    },
  ]);
  desk.at('2021-06-02T02:00:00.000Z');
  expect(await due('2021-06-02')).toMatchObject([{ overdue: true }]);
  const decided = await ask(decideAdjustment, chief, {
    params: { adjustmentId: String(body.adjustmentId) },
    body: { decision: 'reject', reason: '已逾期,请按本月重新提出' },
  });

  expect(decided.status).toBe(200);
  expect(await due('2021-06-02')).toEqual([]);
});

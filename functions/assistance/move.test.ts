import { expect, test } from 'vitest';
import { decideAdjustment, proposeAdjustment } from './adjustment-routes.ts';
import { findCase } from './case-store.ts';
import { decideAdjustmentHandler } from './decide-adjustment.ts';
import { proposeAdjustmentHandler } from './propose-adjustment.ts';
import { officer, openSampleRegister, VILLAGE } from './sample-register.ts';

const clerk = officer('township-clerk', 'clerk-1', '330702001000');
const chief = officer('section-chief', 'chief-1');
const CASE = '330702-DB-2021-900001';
const ELSEWHERE = '330702101201';

test('a household that moves within the district is determined anew with the same amount, and others learn from where', async () => {
  const { deps, seals, handover, table, ...desk } = openSampleRegister('2021-05-20T02:00:00.000Z');
  const ask = desk.serving({
    proposeAdjustment: proposeAdjustmentHandler(deps, seals),
    decideAdjustment: decideAdjustmentHandler({ ...deps, seals, handover }),
  });
  await desk.enter({ caseNo: CASE, from: '2021-01', members: [{}, {}] });
  const before = await findCase(table, CASE);

  const proposed = await ask(proposeAdjustment, clerk, {
    params: { caseNo: CASE },
    body: {
      change: { cause: 'change-report', facts: { areaCode: ELSEWHERE } },
      reason: '群众报告,已核实',
    },
  });
  const adjustmentId = String(proposed.body.adjustmentId);
  const decided = await ask(decideAdjustment, chief, {
    params: { adjustmentId },
    body: { decision: 'approve', reason: '情况属实' },
  });

  const { amountFen, persons } = before ?? {};
  expect(decided.body.outcome).toMatchObject({ segments: [{ reason: 'moved-within', amountFen, persons }] });
  expect(await findCase(table, CASE)).toMatchObject({ areaCode: ELSEWHERE, state: 'active', amountFen });
  expect(await desk.eventsOf(`adjustment/${adjustmentId}`)).toContainEqual(
    expect.objectContaining({
      determinations: [
        expect.objectContaining({
          areaCode: ELSEWHERE,
          before: { amountFen, persons, areaCode: VILLAGE },
        }),
      ],
    }),
  );
});

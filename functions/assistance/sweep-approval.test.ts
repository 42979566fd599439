import { beforeEach, describe, expect, test } from 'vitest';
import { officer, openSampleRegister, type SampleRegister, TOWN } from './sample-register.ts';
import { chief, clerk, FULL, familiesOf, JUNE, leader, STANDARD, sweepsOf } from './sample-sweep.ts';
import { approveSweep, rejectSweep } from './sweep-routes.ts';

/** Who lets a sweep be applied, and in which order. */

let register: SampleRegister;
let sweeps: ReturnType<typeof sweepsOf>;
let families: ReturnType<typeof familiesOf>;
beforeEach(async () => {
  register = openSampleRegister(JUNE);
  sweeps = sweepsOf(register);
  families = familiesOf(register);
  await families.enterFamily(1);
  await families.enterCouple(2);
});

describe('approval', () => {
  const plan = async (body: object = STANDARD) => {
    const { sweepId } = (await sweeps.start(body)).body;
    await sweeps.work(String(sweepId), 'plan');
    return String(sweepId);
  };

  test('goes by two levels, neither of them the maker', async () => {
    const early = await sweeps.start(STANDARD);
    const sweepId = String(early.body.sweepId);
    expect(await sweeps.approve(sweepId, chief)).toMatchObject({ code: 'WRONG_STATE' });
    await sweeps.work(sweepId, 'plan');

    expect(await sweeps.approve(sweepId, leader)).toMatchObject({ code: 'NOT_THIS_LEVEL' });
    expect(await sweeps.approve(sweepId, officer('section-chief', clerk.id))).toMatchObject({
      code: 'MAKER_IS_CHECKER',
    });
    expect(await sweeps.approve(sweepId, officer('section-chief', 'chief-9', TOWN))).toMatchObject({
      code: 'OUTSIDE_AREA',
    });
    expect((await sweeps.approve(sweepId, chief)).body).toMatchObject({ state: 'checked' });
    expect(await sweeps.approve(sweepId, officer('bureau-leader', chief.id))).toMatchObject({
      code: 'ALREADY_APPROVED',
    });
    expect((await sweeps.approve(sweepId, leader)).body).toMatchObject({ state: 'applying' });
    expect(await sweeps.approve(sweepId, leader)).toMatchObject({ code: 'WRONG_STATE' });
  });

  test('given twice at the same moment counts once', async () => {
    const sweepId = await plan();
    const both = await Promise.all(
      [chief, officer('section-chief', 'chief-2')].map((who) => sweeps.approve(sweepId, who)),
    );

    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await sweeps.read(sweepId)).approvals).toHaveLength(1);
  });

  test('under one key answers the same again', async () => {
    const sweepId = await plan();
    const approve = () =>
      sweeps.ask(approveSweep, chief, {
        params: { sweepId },
        key: 'key-1',
      });

    expect(await approve()).toEqual(await approve());
  });

  test('refused, nothing is ever written, and the next start is the next attempt', async () => {
    const sweepId = await plan();
    await sweeps.approve(sweepId, chief);
    const rejected = await sweeps.ask(rejectSweep, leader, {
      params: { sweepId },
      body: { reason: '数据需再核实' },
    });
    await sweeps.work(sweepId, 'apply');

    expect(rejected.body).toMatchObject({ state: 'rejected', rejection: { officerId: 'leader-1' } });
    expect((await families.caseOf(1)).determinations).toHaveLength(1);
    expect((await sweeps.start(STANDARD)).body).toMatchObject({ sweepId: 'standard-2021-07-2' });
  });

  test('started twice, it is one sweep', async () => {
    expect((await sweeps.start(STANDARD)).status).toBe(202);
    expect(await sweeps.start(STANDARD)).toMatchObject({
      status: 200,
      body: { sweepId: 'standard-2021-07' },
    });
  });

  test('waits while another sweep over the register is applied, and is refused when that one knew more', async () => {
    const older = await plan();
    register.at('2021-06-21T02:30:00.000Z');
    const newer = await plan({ ...FULL });
    await sweeps.approve(older, chief);
    await sweeps.approveTwice(newer);

    expect(await sweeps.approve(older, leader)).toMatchObject({ code: 'OTHER_SWEEP_APPLYING' });
    await sweeps.work(newer, 'apply');
    expect(await sweeps.approve(older, leader)).toMatchObject({ code: 'NEWER_SWEEP_APPLIED' });
  });
});

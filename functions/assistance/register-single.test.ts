import { expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { findCase } from './case-store.ts';
import { compared } from './register-check.ts';
import { checkRegister, fingerprintOf } from './register-household.ts';
import { RegisterImport } from './register-import.ts';
import { recordGroup } from './register-recording.ts';
import { type Cells, type Column, columns } from './register-row.ts';
import { openSampleRegister, VILLAGE } from './sample-register.ts';

/** One member of a low-edge family as a household of his own (A32), moving in from an old register. */

test('who stands alone becomes a single-person case of the amount the rules come to', async () => {
  const desk = openSampleRegister('2021-05-20T02:00:00.000Z');
  const [head, spouse] = [desk.invent(1970, 1970), desk.invent(1972, 1972)].map(
    ({ name, identityNumber }) => ({ name, identityNumber }),
  );
  const blank = Object.fromEntries(Object.keys(columns).map((column) => [column, ''])) as Record<
    Column,
    string
  >;
  const cells = (given: Partial<Cells>): Cells => ({
    ...blank,
    programme: '低保',
    caseNo: 'DB001',
    ...given,
  });
  const rows = [
    cells({
      ...head,
      relation: '户主',
      areaCode: VILLAGE,
      residence: '城镇',
      amount: '850',
      from: '2021-01',
      income: '2200',
      ability: '有',
    }),
    cells({ ...spouse, relation: '配偶', disability: '肢体', grade: '一级', alone: '是' }),
  ].map((each, index) => ({ row: index + 2, cells: each }));
  const { households, findings } = checkRegister(rows, '2021-05-20');
  const seals = await desk.seals();
  const fresh = households.map((each) => ({ ...each, fingerprint: fingerprintOf(seals, each) }));
  const receivedAt = '2021-05-20T02:00:00.000Z';

  const comparison = compared(fresh, { month: undefined, receivedAt }, shipped);
  const recorded = await recordGroup(
    {
      table: desk.table,
      seals,
      handover: desk.handover,
      accepted: {
        ...sampleImport(receivedAt),
        decidedAt: receivedAt,
        decidedBy: 'chief-1',
      },
      parameters: shipped,
      correlationId: 'test',
    },
    fresh,
  );

  expect(findings).toEqual([]);
  expect(comparison).toMatchObject({
    differing: 0,
    persons: 1,
    sums: [{ households: 1, reckonedFen: 850_00 }],
  });
  expect(recorded).toBe(1);
  expect(await findCase(desk.table, 'DB001')).toMatchObject({ single: true, persons: 1, amountFen: 850_00 });
});

const sampleImport = (receivedAt: string) =>
  RegisterImport.parse({
    importId: 'import-1',
    objectKey: 'uploads/1',
    fileName: '名册.csv',
    sums: [],
    rows: 2,
    households: 1,
    persons: 1,
    differing: 0,
    done: 0,
    recorded: 0,
    unchanged: 0,
    different: 0,
    refused: 0,
    area: '330702000000',
    receivedAt,
    receivedBy: 'clerk-1',
    state: 'accepted',
    version: 1,
  });

import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { getItem, transact } from '../../shared/dynamo.ts';
import type { Fen } from '../../shared/money.ts';
import type { Case } from './case.ts';
import { casesOfPartition, factsOfPartition, findCase, findCases, writeCase } from './case-store.ts';
import { openSampleRegister, type SampleRegister } from './sample-register.ts';
import { keys, partitionOf } from './table.ts';

const CASE = '330702-DB-2021-900001';
const OTHER = '330702-DB-2021-900002';
let register: SampleRegister;
let known: Case;
beforeEach(async () => {
  register = openSampleRegister('2021-05-20T02:00:00.000Z');
  ({ known } = await register.enter({ caseNo: CASE, from: '2021-01', members: [{}, {}] }));
});

const raised = (read: Case): Case => ({ ...read, amountFen: 1_000 as Fen, version: read.version + 1 });
const poorer = (read: Case): Case => ({
  ...raised(read),
  facts: { ...read.facts, residence: 'rural' },
  factsVersion: read.factsVersion + 1,
});
const write = (next: Case, read: Case) => transact(register.table, writeCase(register.table, next, read));

describe('a case', () => {
  test('is read as it was written', async () => {
    expect(await findCase(register.table, CASE)).toEqual(known);

    await write(poorer(known), known);

    expect(await findCase(register.table, CASE)).toEqual({ ...poorer(known), dossierVersion: 2 });
  });

  test('keeps its dossier as it is while only what was determined for it changes', async () => {
    const before = await getItem(register.table, keys.dossier(CASE));
    await write(raised(known), known);

    expect(await getItem(register.table, keys.dossier(CASE))).toEqual(before);
    expect(await findCase(register.table, CASE)).toEqual(raised(known));
  });

  test('loses with everything beside it to a change that was made since it was read', async () => {
    await write(raised(known), known);

    expect(await write(poorer(known), known)).toMatchObject({ committed: false });
    expect(await findCase(register.table, CASE)).toEqual(raised(known));
  });

  test('whose items are read on either side of a change is read again', async () => {
    const { client } = register.table;
    const send = client.send.bind(client);
    let torn = 0;
    // The dossier of before, beside where the case stands after.
    const spy = vi.spyOn(client, 'send').mockImplementation(async (command) => {
      if (!(command instanceof BatchGetCommand) || torn++ > 0) return send(command);
      const dossier = await getItem(register.table, keys.dossier(CASE));
      await write(poorer(known), known);
      const standing = await getItem(register.table, keys.case(CASE));
      return { Responses: { [register.table.name]: [standing, dossier] } };
    });

    expect(await findCase(register.table, CASE)).toEqual({ ...poorer(known), dossierVersion: 2 });
    expect(torn).toBe(2);
    spy.mockRestore();
  });

  test('that is asked for twice is found once, in the order it was asked for, and an unknown one is left out', async () => {
    const other = await register.enter({ caseNo: OTHER, from: '2021-01', members: [{}] });
    const found = await findCases(register.table, [OTHER, '330702-DB-2021-999999', CASE, OTHER]);

    expect(found).toEqual([other.known, known]);
  });
});

test('a shard is read with persons or without, each case once', async () => {
  const { identities: _identities, account: _account, ...facts } = known;
  const shard = partitionOf(CASE);

  expect((await Array.fromAsync(casesOfPartition(register.table, shard))).flat()).toEqual([known]);
  expect((await Array.fromAsync(factsOfPartition(register.table, shard))).flat()).toEqual([facts]);
});

test('of a shard that fills several pages every case is read once, wherever a page ends', async () => {
  const shard = partitionOf(CASE);
  const numbers = Array.from(
    { length: 8_000 },
    (_, index) => `330702-DB-2021-${String(index + 1).padStart(6, '0')}`,
  )
    .filter((caseNo) => partitionOf(caseNo) === shard)
    .slice(0, 260);
  for (const caseNo of numbers)
    await register.enter({ caseNo, from: '2021-01', members: Array.from({ length: 9 }, () => ({})) });

  const pages = await Array.fromAsync(casesOfPartition(register.table, shard));

  expect(pages.length).toBeGreaterThan(1);
  expect(
    pages
      .flat()
      .map(({ caseNo }) => caseNo)
      .toSorted(),
  ).toEqual([...numbers, CASE].toSorted());
});

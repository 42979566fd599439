import type { SQSEvent } from 'aws-lambda';
import iconv from 'iconv-lite';
import { beforeEach, describe, expect, test } from 'vitest';
import { RegisterDecided, RegisterReceived } from '../../events/assistance.ts';
import { queryAll, within } from '../../shared/dynamo.ts';
import { type EventValue, happened } from '../../shared/event.ts';
import { uploadObjectKey } from '../../shared/upload.ts';
import { decideAdjustment, proposeAdjustment } from './adjustment-routes.ts';
import { applyRegisterFile } from './apply-register.ts';
import { findCase } from './case-store.ts';
import { checkRegisterFile } from './check-register.ts';
import { decideAdjustmentHandler } from './decide-adjustment.ts';
import { decideImportHandler } from './decide-import.ts';
import type { WrittenPerson } from './identity.ts';
import { decideImport, listImportFindings, readImport, receiveRegister } from './import-routes.ts';
import { listImportFindingsHandler } from './list-import-findings.ts';
import { proposeAdjustmentHandler } from './propose-adjustment.ts';
import { readImportHandler } from './read-import.ts';
import { receiveRegisterHandler } from './receive-register.ts';
import { registerCountsOf } from './register-count.ts';
import { columns } from './register-row.ts';
import { officer, openSampleRegister, type SampleRegister, TOWN, VILLAGE } from './sample-register.ts';
import { keys } from './table.ts';

const clerk = officer('district-clerk', 'clerk-1');
const chief = officer('section-chief', 'chief-1');

let desk: SampleRegister;
let ask: ReturnType<SampleRegister['serving']>;
let files: Map<string, Uint8Array>;
let head: WrittenPerson;
let child: WrittenPerson;
beforeEach(() => {
  desk = openSampleRegister('2021-05-20T02:00:00.000Z');
  files = new Map();
  [head, child] = [desk.invent(1950, 1950), desk.invent(2012, 2012)];
  const { deps, seals, handover } = desk;
  ask = desk.serving({
    receiveRegister: receiveRegisterHandler(deps, { exists: async (key) => files.has(key) }),
    decideImport: decideImportHandler(deps),
    readImport: readImportHandler(deps),
    listImportFindings: listImportFindingsHandler(deps),
    proposeAdjustment: proposeAdjustmentHandler(deps, seals),
    decideAdjustment: decideAdjustmentHandler({ ...deps, seals, handover }),
  });
});

const consumers = () => {
  const deps = {
    table: desk.table,
    seals: desk.seals,
    clock: desk.deps.clock,
    objects: { get: async (key: string) => files.get(key) },
  };
  return { check: checkRegisterFile(deps), apply: applyRegisterFile({ ...deps, handover: desk.handover }) };
};
const batchOf = (event: EventValue, data: Record<string, unknown>): SQSEvent => {
  const fact = { subject: 'import/test', which: '1', at: desk.deps.clock(), correlationId: 'test', data };
  const body = JSON.stringify({ detail: happened(event, fact) });
  return { Records: [{ messageId: '1', body }] } as unknown as SQSEvent;
};
const accepted = () =>
  batchOf(RegisterDecided, { importId: 'import-1', decision: 'accepted', decidedBy: chief.id });
const deliver = async (
  consumer: (batch: SQSEvent) => Promise<{ batchItemFailures: unknown[] }>,
  event: EventValue,
  data: Record<string, unknown>,
) => expect((await consumer(batchOf(event, data))).batchItemFailures).toEqual([]);
const check = (importId: string) =>
  deliver(consumers().check, RegisterReceived, { importId, receivedBy: clerk.id });
const apply = (importId: string) =>
  deliver(consumers().apply, RegisterDecided, { importId, decision: 'accepted', decidedBy: chief.id });

type Given = Readonly<Partial<Record<(typeof columns)[keyof typeof columns], string>>>;
/** The head of a household of one on the allowance, by the rules, unless said otherwise. */
const row = (given: Given = {}): Given => ({
  项目: '低保',
  案号: 'DB001',
  与户主关系: '户主',
  姓名: head.name,
  身份证号: head.identityNumber,
  区划代码: VILLAGE,
  户类型: '城镇',
  月保障金额: '650.00',
  起始月: '2020-03',
  月收入: '200',
  ...given,
});
const childRow = (given: Given = {}): Given => ({
  项目: '低保',
  案号: 'DB001',
  与户主关系: '女儿',
  姓名: child.name,
  身份证号: child.identityNumber,
  ...given,
});
const csv = (rows: readonly Given[]): string =>
  [Object.values(columns), ...rows.map((each) => Object.values(columns).map((name) => each[name] ?? ''))]
    .map((cells) => cells.join(','))
    .join('\n');

/** Hands a file in and checks it; gives the import as it is read then. */
const handIn = async (content: readonly Given[] | Uint8Array, importId = 'import-1', who = clerk) => {
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(csv(content as Given[]));
  files.set(uploadObjectKey(who.id, importId), bytes);
  await ask(receiveRegister, who, { body: { uploadId: importId, fileName: '名册.csv' } });
  await check(importId);
  return read(importId);
};
const read = async (importId = 'import-1') => (await ask(readImport, chief, { params: { importId } })).body;
const decide = (importId = 'import-1', decision = 'accept', who = chief) =>
  ask(decideImport, who, { params: { importId }, body: { decision, reason: '与镇街核对一致' } });
const findings = async (importId = 'import-1') => {
  const { items } = (await ask(listImportFindings, chief, { params: { importId } })).body as {
    items: { row: number; column: string; code: string; value: string; reason: string; refused: boolean }[];
  };
  return items;
};
const codes = async () => (await findings()).map(({ row: at, column, code }) => [at, column, code]);
const acceptAll = async (importId = 'import-1') => {
  await decide(importId);
  await apply(importId);
  return read(importId);
};

describe('a register that is handed in', () => {
  test('is checked and recorded nowhere until a second officer accepts it', async () => {
    const checked = await handIn([row(), childRow()]);

    expect(checked).toMatchObject({
      state: 'checked',
      rows: 2,
      households: 1,
      persons: 2,
      refused: 0,
      sums: [{ programme: 'dibao', households: 1, persons: 2, amountFen: 650_00, reckonedFen: 1500_00 }],
    });
    expect(await findCase(desk.table, 'DB001')).toBeUndefined();
    expect((await decide('import-1', 'accept', officer('section-chief', 'clerk-1'))).code).toBe(
      'MAKER_IS_CHECKER',
    );
    expect(await findCase(desk.table, 'DB001')).toBeUndefined();
  });

  test('becomes cases with the amount of the file, told to payments in groups with who is paid', async () => {
    const account = { 账号: '6228481234567890', 户名: head.name, 开户银行: '农业银行' };
    await handIn([row({ 月保障金额: '1500', ...account }), childRow()]);
    const applied = await acceptAll();
    const known = await findCase(desk.table, 'DB001');

    expect(applied).toMatchObject({ state: 'applied', recorded: 1, done: 1 });
    expect(known).toMatchObject({
      state: 'active',
      persons: 2,
      amountFen: 1500_00,
      determinations: [
        {
          number: 1,
          kind: 'new',
          reason: 'register',
          from: '2020-03',
          maker: 'clerk-1',
          checkers: ['chief-1'],
        },
      ],
    });
    expect(await desk.eventsOf('import/import-1')).toContainEqual(
      expect.objectContaining({
        handover: 'assistance/import/import-1/DB001',
        determinations: [expect.objectContaining({ caseNo: 'DB001', amountFen: 1500_00 })],
      }),
    );
    expect(desk.handedOver.get('assistance/import/import-1/DB001')).toEqual({
      DB001: {
        name: head.name,
        identityNumber: head.identityNumber,
        account: '6228481234567890',
        accountName: head.name,
        bank: '农业银行',
      },
    });
    expect(await registerCountsOf(desk.table, 'dibao')).toEqual([
      { areaCode: TOWN, households: 1, gradualExit: 0, persons: 2, amountFen: 1500_00 },
    ]);
  });

  test('says where the rules come to another amount, and records it all the same', async () => {
    await handIn([row({ 月保障金额: '600' })]);

    expect(await findings()).toEqual([
      {
        row: 2,
        column: '月保障金额',
        value: '600.00',
        code: 'AMOUNT_DIFFERS',
        refused: false,
        reason: expect.stringContaining('650.00元'),
      },
    ]);
    expect(await acceptAll()).toMatchObject({ recorded: 1, differing: 1 });
  });

  test('that is rejected records nothing', async () => {
    await handIn([row()]);

    expect((await decide('import-1', 'reject')).body).toMatchObject({ state: 'rejected' });
    await apply('import-1');
    expect(await findCase(desk.table, 'DB001')).toBeUndefined();
  });

  test('takes up what old registers know: gradual exit, care items, support and full amounts', async () => {
    const worker = desk.invent(1980, 1980);
    const old = desk.invent(1945, 1945);
    await handIn([
      row({ 案号: 'DB002', 全额享受: '是', 子女供养能力: '无', 月保障金额: '850' }),
      row({
        案号: 'DB003',
        身份证号: worker.identityNumber,
        劳动能力: '有',
        月收入: '2400',
        渐退起始月: '2021-02',
        月保障金额: '850',
      }),
      row({
        项目: '特困',
        案号: 'TK001',
        身份证号: old.identityNumber,
        月收入: '',
        供养方式: '集中',
        失能项数: '4',
        月保障金额: '2005',
      }),
      row({
        项目: '低保边缘',
        案号: 'BY001',
        月保障金额: '',
        身份证号: child.identityNumber,
        月收入: '1000',
      }),
    ]);

    expect(await findings()).toEqual([]);
    await acceptAll();
    expect(await findCase(desk.table, 'DB003')).toMatchObject({
      state: 'gradual-exit',
      reviewMonth: '2021-08',
    });
    expect(await findCase(desk.table, 'TK001')).toMatchObject({ programme: 'destitute', amountFen: 2005_00 });
    expect(await findCase(desk.table, 'BY001')).toMatchObject({
      programme: 'edge',
      amountFen: 0,
      persons: 1,
    });
  });
});

describe('what is refused', () => {
  test('nobody is in two households that are paid, in the file or on the register (B14)', async () => {
    await desk.enter({ caseNo: 'OLD1', from: '2021-01', members: [{}] });
    const { persons } = await desk.enter({ caseNo: 'OLD2', from: '2021-01', members: [{}] });
    const known = persons.m1?.identityNumber ?? '';
    await handIn([row(), row({ 案号: 'DB002' }), row({ 案号: 'DB003', 身份证号: known })]);

    expect(await codes()).toEqual([
      [3, '案号', 'DUPLICATE'],
      [4, '案号', 'PERSON_ELSEWHERE'],
    ]);
  });

  test('findings hide the values they speak of, and come by row', async () => {
    const wrong = `${head.identityNumber.slice(0, 17)}${head.identityNumber.endsWith('1') ? '2' : '1'}`;
    const checked = await handIn([row(), childRow({ 身份证号: wrong })]);

    expect(checked).toMatchObject({ households: 0, refused: 1 });
    expect(await codes()).toEqual([
      [2, '案号', 'HOUSEHOLD'],
      [3, '身份证号', 'CHECK-DIGIT'],
    ]);
    expect(JSON.stringify(await findings())).not.toContain(wrong);
  });

  test('a town hands in its own households only', async () => {
    const town = officer('township-clerk', 'clerk-2', '330702002000');
    await handIn([row()], 'import-1', town);

    expect(await codes()).toEqual([[2, '案号', 'OUTSIDE_AREA']]);
  });

  test('a file that is no register, or was replaced after the check, is refused whole', async () => {
    expect(await handIn(new TextEncoder().encode('今天天气很好\n'), 'none')).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('表头缺少'),
    });

    await handIn([row()]);
    await decide();
    files.set(
      uploadObjectKey(clerk.id, 'import-1'),
      new TextEncoder().encode(csv([row({ 月保障金额: '900' })])),
    );
    await apply('import-1');
    expect(await read()).toMatchObject({ state: 'refused', problem: '文件在核对之后被替换,未予登记' });
    expect(await findCase(desk.table, 'DB001')).toBeUndefined();
  });
});

describe('importing again', () => {
  test('the same rows, in GB18030 and another order, change nothing; changed rows are told and left', async () => {
    const { identityNumber } = desk.invent(1960, 1960);
    await handIn([row(), childRow(), row({ 案号: 'DB002', 身份证号: identityNumber })]);
    await acceptAll();
    const before = await findCase(desk.table, 'DB001');
    const changed = row({ 案号: 'DB002', 身份证号: identityNumber, 月收入: '300' });
    const bytes = iconv.encode(csv([changed, childRow(), row()]), 'gb18030');
    const again = await handIn(new Uint8Array(bytes), 'import-2');

    expect(again).toMatchObject({ households: 0, unchanged: 1, different: 1, refused: 0 });
    expect(await acceptAll('import-2')).toMatchObject({ recorded: 0, unchanged: 1, different: 1 });
    expect(await findCase(desk.table, 'DB001')).toEqual(before);
  });

  test('an interrupted recording goes on where it stopped, and no payee is lost', async () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      row({ 案号: `DB${100 + index}`, 身份证号: desk.invent(1950, 1960).identityNumber }),
    );
    await handIn(rows);
    await decide();
    const { give } = desk.handover;
    let left = 5;
    const failing = {
      give: async (...args: Parameters<typeof give>) => {
        if (left-- <= 0) throw new Error('the process dies');
        await give(...args);
      },
    };
    const deps = { table: desk.table, seals: desk.seals, clock: desk.deps.clock };
    const objects = { get: async (key: string) => files.get(key) };
    const first = await applyRegisterFile({ ...deps, objects, handover: failing })(accepted());
    expect(first.batchItemFailures).toHaveLength(1);
    await apply('import-1');
    await apply('import-1');

    expect(await read()).toMatchObject({ state: 'applied', recorded: 60, different: 0 });
    const events = (await desk.eventsOf('import/import-1')).filter(({ determinations }) => determinations);
    const told = events.flatMap(({ determinations, handover }) =>
      (determinations as { caseNo: string }[]).map(({ caseNo }) => [caseNo, handover] as const),
    );
    expect(new Set(told.map(([caseNo]) => caseNo)).size).toBe(60);
    expect(told).toHaveLength(60);
    for (const [caseNo, key] of told)
      expect(Object.keys(desk.handedOver.get(String(key)) ?? {})).toContain(caseNo);
  });

  test('the first review brings the amount of an old register to what the rules say', async () => {
    await handIn([row({ 月保障金额: '600' })]);
    await acceptAll();
    const proposed = await ask(proposeAdjustment, officer('township-clerk', 'clerk-3', TOWN), {
      params: { caseNo: 'DB001' },
      body: { change: { cause: 'review' }, reason: '首次复核' },
    });
    const { adjustmentId } = proposed.body;
    await ask(decideAdjustment, chief, {
      params: { adjustmentId: String(adjustmentId) },
      body: { decision: 'approve' },
    });

    expect(await findCase(desk.table, 'DB001')).toMatchObject({
      amountFen: 650_00,
      determinations: [{ reason: 'register' }, { number: 2, kind: 'increase', reason: 'corrected' }],
    });
  });

  test('numbers of the bureau’s own form are not drawn a second time', async () => {
    await handIn([
      row({ 案号: '330702-DB-2021-000041' }),
      row({ 案号: '旧-7', 身份证号: child.identityNumber }),
    ]);
    await acceptAll();
    const counters: unknown[] = [];
    for await (const { last } of queryAll(desk.table, within(keys.counter('330702-DB-2021').pk)))
      counters.push(last);

    expect(counters).toEqual([41]);
  });
});

test('neither names nor numbers lie in the clear', async () => {
  await handIn([row(), childRow({ 联系电话: '13957901234' })]);
  await acceptAll();

  for (const secret of [head.name, head.identityNumber, child.identityNumber, '13957901234'])
    expect(desk.everything()).not.toContain(secret);
});

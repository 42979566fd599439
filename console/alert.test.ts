import { expect, test } from 'vitest';
import { noticesOfRun, noticesOfTargets } from './alert.ts';

type Run = Parameters<typeof noticesOfRun>[0];
type Target = Parameters<typeof noticesOfTargets>[0][number];

const nothing = {
  pendingLines: 0,
  pendingFen: 0,
  returnedLines: 0,
  returnedFen: 0,
  heldLines: 0,
  heldFen: 0,
};
const runOf = (change: object, totals: object = {}): Run =>
  ({
    runId: '2021-07-dibao-regular',
    ...{ programme: 'dibao', month: '2021-07', state: 'issued', balanced: true },
    ...{ totals: { ...nothing, ...totals }, ...change },
  }) as Run;
const told = (run: Run, exceptions = 0) =>
  noticesOfRun(run, exceptions).map(({ what }) => what.split('：')[1]);

test('a planned run tells its exceptions and that it waits for approval', () => {
  expect(told(runOf({ state: 'planned' }, { heldLines: 1 }), 3)).toEqual(['异常提示 3 条', '待审批']);
  expect(told(runOf({ state: 'planned', deviation: {} }))).toEqual(['与上月相比变动过大', '待审批']);
});

test('an issued run tells what is missing to close it, or that it can be closed', () => {
  const open = { returnedLines: 2, returnedFen: 90_000, heldLines: 1, heldFen: 85_000 };

  expect(told(runOf({}, { ...open, pendingLines: 4, pendingFen: 100 }))).toEqual([
    '待银行回盘 4 笔、1.00 元',
    '银行退回 2 笔、900.00 元',
    '暂缓 1 笔、850.00 元',
  ]);
  expect(told(runOf({}))).toEqual(['全部发放到位']);
  expect(told(runOf({ balanced: false, state: 'approved' }))).toEqual(['金额勾稽不符']);
});

test('every notice of a run says what to do and leads to it', () => {
  const [notice] = noticesOfRun(runOf({ state: 'planned' }), 0);

  expect(notice).toEqual({
    level: 'waiting',
    what: '2021年7月低保：待审批',
    todo: '由编制人以外的审批人批准或退回',
    place: { desk: 'runs', id: '2021-07-dibao-regular' },
  });
});

test('of targets, those that are behind and those that wait for a second officer are told', () => {
  const behind = { name: '适老化改造', owner: '养老服务科', daysAhead: -12, light: 'red' } as Target;
  const fine = { ...behind, light: 'green', daysAhead: 3 } as Target;

  expect(noticesOfTargets([behind, fine], [fine]).map(({ what }) => what)).toEqual([
    '目标“适老化改造”落后 12 天',
    '目标“适老化改造”待审定',
  ]);
});

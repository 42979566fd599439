import { expect, test } from 'vitest';
import { checkNobodyTwice, checkPaidHome } from './checks.ts';
import type { Answer } from './payments.ts';

const answer = (programme: 'dibao' | 'destitute' | 'festival', caseNo: string, isSettled = true): Answer => ({
  run: { runId: `2021-02-${programme}-regular`, programme },
  caseNo,
  account: `own-${caseNo}`,
  amountFen: 100,
  isSettled,
});
const persons = new Map([
  ['D1', ['one', 'two']],
  ['T1', ['two']],
]);

test('a payment that was returned and then settled is one payment; settled twice it is two', () => {
  const answers = [answer('dibao', 'D1', false), answer('dibao', 'D1')];

  expect(() => checkNobodyTwice({ answers }, persons)).not.toThrow();
  expect(() => checkNobodyTwice({ answers: [...answers, answer('dibao', 'D1')] }, persons)).toThrow(
    '重复发放:2021-02-dibao-regular D1。',
  );
});

test('a person may have festival aid beside the allowance, but not support for the destitute', () => {
  expect(() =>
    checkNobodyTwice({ answers: [answer('dibao', 'D1'), answer('festival', 'D1')] }, persons),
  ).not.toThrow();
  expect(() =>
    checkNobodyTwice({ answers: [answer('dibao', 'D1'), answer('destitute', 'T1')] }, persons),
  ).toThrow('同一人在 D1 和 T1 两案中重复领取。');
});

test('a resident is paid at the institution as a destitute person and himself for everything else, and so is everybody outside', () => {
  const home = { account: 'home' };
  const paid = { ...answer('destitute', 'T1'), account: 'home' };
  const festival = answer('festival', 'T1');
  const check = (answers: readonly Answer[], ...residents: string[]) =>
    checkPaidHome({ answers: [...answers] }, home, new Set(residents));

  expect(() => check([paid, festival, answer('destitute', 'T2')], 'T1')).not.toThrow();
  expect(() => check([answer('destitute', 'T1')], 'T1')).toThrow(
    '2021-02-destitute-regular T1 未付至供养服务机构账户。',
  );
  expect(() => check([{ ...festival, account: 'home' }], 'T1')).toThrow('误付至');
  expect(() => check([paid])).toThrow('误付至');
});

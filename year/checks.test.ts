import { expect, test } from 'vitest';
import { checkNobodyTwice } from './checks.ts';
import type { Answer } from './payments.ts';

const answer = (programme: 'dibao' | 'destitute' | 'festival', caseNo: string, isSettled = true): Answer => ({
  run: { runId: `2021-02-${programme}-regular`, programme },
  caseNo,
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

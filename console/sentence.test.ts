import { expect, test } from 'vitest';
import { sentenceText } from './sentence.ts';

test.each([
  ['人均月收入 1,200.00 元,低于标准 1,650.00 元,符合', '人均月收入 1,200.00 元，低于标准 1,650.00 元，符合'],
  ['账号未通过校验位核对(存折号属正常)', '账号未通过校验位核对（存折号属正常）'],
  ['(1,100.00 元 − 100.00 元) × 1 人 = 1,000.00 元', '(1,100.00 元 − 100.00 元) × 1 人 = 1,000.00 元'],
  ['公示至2021年5月13日止,期满后方可上报。', '公示至2021年5月13日止，期满后方可上报。'],
])('“%s” gets the punctuation of Chinese, and its numbers keep theirs', (sentence, shown) => {
  expect(sentenceText(sentence)).toBe(shown);
});

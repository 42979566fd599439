import { describe, expect, test } from 'vitest';
import { bankOf } from './bank.ts';

describe('banks by the names rosters write', () => {
  test.each([
    ['农行', '农业银行', '103'],
    ['中国农业银行金华婺城支行', '农业银行', '103'],
    [' 工行  金华分行', '工商银行', '102'],
    ['中国工商银行股份有限公司金华分行', '工商银行', '102'],
    ['邮政储蓄', '邮储银行', '403'],
    ['浙江稠州商业银行', '稠州银行', '313'],
    ['上海浦东发展银行金华支行', '浦发银行', '310'],
    ['农商', '金华成泰农商银行', '402'],
    ['浙江金华成泰农村商业银行股份有限公司', '金华成泰农商银行', '402'],
    ['金华市婺城区农村信用合作联社', '金华成泰农商银行', '402'],
    ['成泰农商白龙桥支行', '金华成泰农商银行', '402'],
    ['义乌农商银行', '义乌农商银行', '402'],
  ])('%s is %s', (written, name, code) => {
    expect(bankOf(written)).toEqual({ name, code, known: true });
  });

  test.each([
    ['中国银行华夏路支行', '中国银行'],
    ['中国工商银行金华农商支行', '工商银行'],
    ['金华成泰农商银行工行大厦支行', '金华成泰农商银行'],
    ['交通银行兴业路支行', '交通银行'],
  ])('%s is %s, whatever bank its branch is named like', (written, name) => {
    expect(bankOf(written).name).toBe(name);
  });

  test('a name that is not listed is a bank of its own, spelt one way', () => {
    const unlisted = { name: '罗店互助社', code: '000', known: false };
    expect(bankOf(' 罗店 互助社')).toEqual(unlisted);
    expect(bankOf('罗店互助社')).toEqual(unlisted);
    expect(bankOf('某某村信用社').known).toBe(false);
  });

  test('a bank is found again by its own name', () => {
    for (const text of [
      '农行',
      '工行',
      '建行',
      '中行',
      '农信',
      '邮政',
      '泰隆',
      '浙商',
      '永康农商',
      '台州银行',
    ]) {
      const bank = bankOf(text);
      expect(bankOf(bank.name)).toEqual(bank);
    }
  });
});

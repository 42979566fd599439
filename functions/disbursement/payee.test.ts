import { describe, expect, test } from 'vitest';
import { checkAccount } from './payee.ts';

const written = (change: Partial<Parameters<typeof checkAccount>[0]> = {}) => ({
  account: '6222020200000000006',
  accountName: '张三',
  bank: '中国农业银行金华婺城支行',
  name: '张三',
  ...change,
});

describe('an account', () => {
  test('of a listed bank in the name of the recipient needs no look', () => {
    expect(checkAccount(written())).toEqual({
      payee: { account: '6222020200000000006', accountName: '张三', bank: '农业银行', bankCode: '103' },
      notices: [],
    });
  });

  test.each(['6222 0202 0000 0000 006', '６２２２０２０２００００００００００６'])(
    'may be written %s',
    (account) => {
      expect(checkAccount(written({ account }))).toMatchObject({ payee: { account: '6222020200000000006' } });
    },
  );

  test('without a bank is taken, and has none', () => {
    expect(checkAccount(written({ bank: '' }))).toMatchObject({
      payee: { bank: undefined, bankCode: undefined },
      notices: [],
    });
  });

  test('of an unlisted bank, without a check digit, in another name is taken with three things to look at', () => {
    expect(
      checkAccount(written({ account: '6222020200000000007', accountName: '李四', bank: '某某村镇银行' })),
    ).toEqual({
      payee: { account: '6222020200000000007', accountName: '李四', bank: '某某村镇银行', bankCode: '000' },
      notices: ['ACCOUNT_CHECK', 'ACCOUNT_NAME_DIFFERS', 'BANK_UNKNOWN'],
    });
  });
});

describe('what would break a bank file is refused', () => {
  test.each([
    ['account', { account: '1234567' }],
    ['account', { account: '6.22202E+18' }],
    ['accountName', { accountName: '张|三' }],
    ['accountName', { accountName: '张\n三' }],
    ['accountName', { accountName: '张\t三' }],
    ['accountName', { accountName: '张\u0085三' }],
    ['accountName', { accountName: '张'.repeat(61) }],
    ['bank', { bank: '农行|支行' }],
    ['bank', { bank: '农行\r支行' }],
    ['bank', { bank: '行'.repeat(61) }],
  ])('%s of %j', (field, change) => {
    expect(checkAccount(written(change))).toEqual({
      field,
      refused: expect.stringMatching(/\p{Script=Han}/u),
    });
  });

  test('and the refusal quotes nothing of it', () => {
    const refused = JSON.stringify([
      checkAccount(written({ account: '6222020200000000006x' })),
      checkAccount(written({ accountName: '张|三' })),
    ]);

    expect(refused).not.toMatch(/6222|张/);
  });
});

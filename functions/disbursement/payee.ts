import { bankOf } from '../../shared/bank.ts';
import { parseAccount, satisfiesLuhn } from '../../shared/bank-account.ts';
import type { AccountNotice } from './entitlement.ts';

/** An account that passed the checks, in the clear; it is sealed before it is stored. */
export type PlainPayee = {
  readonly account: string;
  readonly accountName: string;
  readonly bank: string | undefined;
  readonly bankCode: string | undefined;
};
export type AccountRefusal = { readonly field: 'account' | 'accountName' | 'bank'; readonly refused: string };

/** Characters that would break a line of the bank file, where `|` parts the fields. */
const BREAKS_BANK_FILE = /[|\p{Cc}]/u;
const NAME_LIMIT = 60;

const refusalOf = (field: AccountRefusal['field'], text: string): AccountRefusal | undefined => {
  if (text.length > NAME_LIMIT) return { field, refused: `不能超过${NAME_LIMIT}个字` };
  return BREAKS_BANK_FILE.test(text) ? { field, refused: '不能含“|”或换行等控制字符' } : undefined;
};

/**
 * Checks an account as written and says what an officer should look at: a number without a valid check digit may be a
 * passbook, another holder may be a guardian. Refuses what is no account number or would break the bank's file.
 */
export const checkAccount = (written: {
  readonly account: string;
  readonly accountName: string;
  readonly bank: string;
  readonly name: string;
}): { readonly payee: PlainPayee; readonly notices: AccountNotice[] } | AccountRefusal => {
  const account = parseAccount(written.account.normalize('NFKC'));
  if (account === undefined) return { field: 'account', refused: '账号应为8至32位数字' };
  const broken = refusalOf('accountName', written.accountName) ?? refusalOf('bank', written.bank);
  if (broken) return broken;
  const bank = written.bank === '' ? undefined : bankOf(written.bank);
  return {
    payee: { account, accountName: written.accountName, bank: bank?.name, bankCode: bank?.code },
    notices: [
      ...(satisfiesLuhn(account) ? [] : (['ACCOUNT_CHECK'] as const)),
      ...(written.accountName === written.name ? [] : (['ACCOUNT_NAME_DIFFERS'] as const)),
      ...(bank && !bank.known ? (['BANK_UNKNOWN'] as const) : []),
    ],
  };
};

import { type AreaCode, areaName, townOf } from '../shared/area.ts';
import { satisfiesLuhn } from '../shared/bank-account.ts';
import { between, type Chance, oneOf, weighted } from './chance.ts';

export type DemoAccount = { readonly account: string; readonly holder: string; readonly bank: string };

/** The banks of the district and how rosters write them; `{}` stands for the town. */
const BANKS = [
  { weight: 55, code: '402', written: ['农商银行', '金华成泰农商银行', '金华成泰农村商业银行{}支行'] },
  { weight: 20, code: '103', written: ['农业银行', '农行', '中国农业银行金华婺城支行'] },
  { weight: 10, code: '102', written: ['工商银行', '中国工商银行金华分行'] },
  { weight: 10, code: '403', written: ['邮储银行', '中国邮政储蓄银行金华市{}营业所'] },
  { weight: 5, code: '105', written: ['建设银行', '中国建设银行金华分行'] },
];

const WITHOUT_ACCOUNT = 0.011;
const PASSBOOK = 0.06;
const DIGITS = [...'0123456789'];

const thirteenDigits = (chance: Chance): string =>
  `${between(chance, 1_000_000, 9_999_999)}${between(chance, 100_000, 999_999)}`;

const checkDigitOf = (body: string): number => DIGITS.findIndex((digit) => satisfiesLuhn(body + digit));

/** A card number of 19 digits: a prefix of five, thirteen by chance, and the check digit. */
export const inventCard = (chance: Chance, prefix: string): string => {
  const body = prefix + thirteenDigits(chance);
  return `${body}${checkDigitOf(body)}`;
};

/** Passbook numbers have no check digit; to be seen among the cards, the invented ones all miss it. */
const inventPassbook = (chance: Chance, prefix: string): string => {
  const body = prefix + thirteenDigits(chance);
  return `${body}${(checkDigitOf(body) + between(chance, 1, 9)) % 10}`;
};

export const inventAccount = (chance: Chance, holder: string, village: AreaCode): DemoAccount => {
  const bank = weighted(chance, BANKS);
  const town = areaName(townOf(village)).replace(/(街道|镇|乡)$/, '');
  const invent = chance() < PASSBOOK ? inventPassbook : inventCard;
  return {
    account: invent(chance, `62${bank.code}`),
    holder,
    bank: oneOf(chance, bank.written).replace('{}', town),
  };
};

/** About one case in ninety has no account yet. */
export const perhapsAccount = (chance: Chance, holder: string, village: AreaCode): DemoAccount | undefined =>
  chance() < WITHOUT_ACCOUNT ? undefined : inventAccount(chance, holder, village);

/** One account for all who live in an institution: their money goes there (rulebook B11, D09). */
export const institutionAccounts = (chance: Chance): ((name: string, village: AreaCode) => DemoAccount) => {
  const known = new Map<string, DemoAccount>();
  return (name, village) => {
    const account = known.get(name) ?? inventAccount(chance, name, village);
    known.set(name, account);
    return account;
  };
};

import type { AreaCode } from '../shared/area.ts';
import divisions from '../shared/divisions.json' with { type: 'json' };
import type { Month } from '../shared/month.ts';
import { type DemoAccount, perhapsAccount } from './account.ts';
import { type AmountIn, dibaoAmount, FIRST_MONTH, inForceSince } from './amount.ts';
import { between, type Chance } from './chance.ts';
import type { Person } from './person.ts';

/** One case of the demo district; only its amount depends on the month. */
export type DemoCase = {
  readonly programme: string;
  readonly caseNo: string;
  readonly person: Person;
  readonly village: AreaCode;
  readonly persons: number;
  readonly amountIn: AmountIn;
  readonly to?: Month;
  readonly account: DemoAccount | undefined;
};

/** The villages and communities of the district, in the order of their codes. */
export const villages = Object.keys(divisions).filter((code) => !code.endsWith('000')) as AreaCode[];

const HEADER = '项目,案号,姓名,身份证号,区划代码,保障人口,月金额,起始月,终止月,户名,账号,开户银行,联系电话';
const PROGRAMME_LETTERS: Readonly<Record<string, string>> = {
  低保: 'DB',
  特困: 'TK',
  孤困儿童: 'ET',
  儿童主任: 'ZR',
};

/** `330702-DB-2019-000123`: division, programme, the year the case was opened and its place in the register. */
export const caseNoOf = (programme: string, openedIn: number, place: number): string =>
  `330702-${PROGRAMME_LETTERS[programme]}-${openedIn}-${String(place).padStart(6, '0')}`;

/** A 低保 household under its head. Two in three have no income that counts, so they have the full standard. */
export const dibaoCase = (
  chance: Chance,
  place: number,
  {
    person,
    village,
    persons,
  }: { readonly person: Person; readonly village: AreaCode; readonly persons: number },
): DemoCase => {
  const incomeFen = chance() < 0.68 ? 0 : persons * between(chance, 300, 3_500) * 10;
  return {
    programme: '低保',
    caseNo: caseNoOf('低保', between(chance, 2012, 2019), place),
    person,
    village,
    persons,
    amountIn: dibaoAmount(persons, incomeFen),
    account: perhapsAccount(chance, person.name, village),
  };
};

const rowOf = (known: DemoCase, month: Month): string => {
  const { person, account } = known;
  const amount = known.amountIn(month);
  const from = inForceSince(known.amountIn, month);
  const payee = account ? `${account.holder},${account.account},${account.bank}` : ',,';
  return `${known.programme},${known.caseNo},${person.name},${person.identityNumber},${known.village},${known.persons},${amount},${from},${known.to ?? ''},${payee},${person.phone}\n`;
};

/** Lays cases out as the roster of a month. Nothing invented here contains a comma or a quote. */
export const rosterText = (cases: readonly DemoCase[], month: Month): string => {
  if (month < FIRST_MONTH) throw new RangeError(`The demo district begins in ${FIRST_MONTH}.`);
  return `${HEADER}\n${cases.map((known) => rowOf(known, month)).join('')}`;
};

import { columns } from '../functions/disbursement/roster-row.ts';
import { AreaCode, villagesOf } from '../shared/area.ts';
import type { Month } from '../shared/month.ts';
import { type ProgrammeCode, programmeOfCode } from '../shared/programme.ts';
import { type DemoAccount, perhapsAccount } from './account.ts';
import { type AmountIn, dibaoAmount, FIRST_MONTH, inForceSince } from './amount.ts';
import { between, type Chance } from './chance.ts';
import type { Person } from './person.ts';

/** One case of the demo district; only its amount depends on the month. */
export type DemoCase = {
  readonly programme: ProgrammeCode;
  readonly caseNo: string;
  readonly person: Person;
  readonly village: AreaCode;
  readonly persons: number;
  readonly amountIn: AmountIn;
  readonly to?: Month;
  readonly account: DemoAccount | undefined;
};

/** The villages and communities of the district, in the order of their codes. */
export const villages = villagesOf(AreaCode.parse('330702000000'));

const LETTERS: Record<ProgrammeCode | 'edge', string> = {
  dibao: 'DB',
  destitute: 'TK',
  child: 'ET',
  'child-director': 'ZR',
  relief: 'LS',
  festival: 'JR',
  price: 'JG',
  edge: 'BY',
};

/** `330702-DB-2019-000123`: division, programme, the year the case was opened and its place in the register. */
export const caseNoOf = (programme: ProgrammeCode | 'edge', openedIn: number, place: number): string =>
  `330702-${LETTERS[programme]}-${openedIn}-${String(place).padStart(6, '0')}`;

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
    programme: 'dibao',
    caseNo: caseNoOf('dibao', between(chance, 2012, 2019), place),
    person,
    village,
    persons,
    amountIn: dibaoAmount(persons, incomeFen),
    account: perhapsAccount(chance, person.name, village),
  };
};

const rowOf = (
  { programme, caseNo, person, village, persons, amountIn, to, account }: DemoCase,
  month: Month,
): string =>
  [
    programmeOfCode(programme).name,
    caseNo,
    person.name,
    person.identityNumber,
    village,
    persons,
    amountIn(month),
    inForceSince(amountIn, month),
    to,
    account?.holder,
    account?.account,
    account?.bank,
    person.phone,
  ].join(',');

/** Lays cases out as the roster of a month. Nothing invented here contains a comma or a quote. */
export const rosterText = (cases: Iterable<DemoCase>, month: Month): string => {
  if (month < FIRST_MONTH) throw new RangeError(`The demo district begins in ${FIRST_MONTH}.`);
  const rows = [Object.values(columns).join(',')];
  for (const known of cases) rows.push(rowOf(known, month));
  return `${rows.join('\n')}\n`;
};

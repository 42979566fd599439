import type { AreaCode } from '../../shared/area.ts';
import { birthDateOf, sexOf } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import type { Fen } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import { isPaid } from './case.ts';
import type { RegisterProgramme } from './evaluation.ts';
import { HouseholdFacts, type Income, type Member, selfCareItems } from './facts.ts';
import type { PlainAccount, WrittenPerson } from './identity.ts';
import {
  type Cells,
  type Column,
  checkRegisterRow,
  columns,
  type Finding,
  findingOf,
  type RegisterRow,
} from './register-row.ts';

/** From the rows of one case number to one household. */

export type RegisterHousehold = {
  readonly caseNo: string;
  readonly programme: RegisterProgramme;
  /** The row of the head, which findings about the whole household name. */
  readonly row: number;
  readonly facts: HouseholdFacts;
  readonly persons: Readonly<Record<string, WrittenPerson>>;
  readonly account: PlainAccount | undefined;
  readonly amountFen: Fen;
  readonly from: Month;
  /** The members on the allowance as households of their own (A32); nobody when the household is on it. */
  readonly alone: readonly string[];
};

/** How many persons are in the programme. */
export const personsIn = ({ alone, facts }: Pick<RegisterHousehold, 'alone' | 'facts'>): number =>
  alone.length > 0 ? alone.length : facts.members.length;

/** The identity numbers of those who are in the programme, and so may be in no other (B14). */
export const claimantsOf = ({ alone, persons }: RegisterHousehold): string[] =>
  Object.entries(persons)
    .filter(([memberId]) => alone.length === 0 || alone.includes(memberId))
    .map(([, { identityNumber }]) => identityNumber);

const MOST_MEMBERS = 30;

/** Pensions are what people live on who cannot work; who can, earns. A column of its own says better. */
const incomesOf = ({ incomeFen, incomeKind, ableToWork, disregardFrom }: RegisterRow): Income[] =>
  incomeFen === 0
    ? []
    : [
        {
          kind: disregardFrom ? 'wage' : (incomeKind ?? (ableToWork ? 'wage' : 'transfer')),
          monthlyFen: incomeFen,
          deductedFen: 0 as Fen,
          ...(disregardFrom ? { disregardFrom } : {}),
        },
      ];

const memberOf = (row: RegisterRow, memberId: string, from: Month): Member => ({
  memberId,
  relation: row.relation,
  sex: sexOf(row.identityNumber),
  born: birthDateOf(row.identityNumber),
  ...(row.disability ? { disability: row.disability } : {}),
  seriousIllness: row.seriousIllness,
  ableToWork: row.ableToWork,
  ...(row.student ? { student: row.student } : {}),
  incomes: incomesOf(row),
  stillInNeed: false,
  jobRefusals: 0,
  ...(row.fullAmount ? { fullAmountFrom: from } : {}),
  // An old register tells how many of the six things fail, which is all the tier asks (B08); the next assessment tells which.
  ...(row.unableTo === undefined ? {} : { unableTo: selfCareItems.slice(0, row.unableTo) }),
});

/** 有: children with capacity, of whom no sum is known; 无: children without; blank: no children who owe support. */
const supportersOf = (rows: readonly RegisterRow[]): HouseholdFacts['supporters'] => {
  const said = rows.map(({ supporter }) => supporter).filter((supporter) => supporter !== undefined);
  if (said.length === 0) return [];
  return [{ relation: 'child', perCapitaMonthlyFen: 0 as Fen, overPropertyLine: said.includes(true) }];
};

type Note = (row: RegisterRow, column: Column, code: Finding['code'], reason: string) => undefined;

/** A column of the household: the head's row has it, every other row may repeat it but not say otherwise. */
const common = <K extends 'areaCode' | 'residence' | 'from' | 'amountFen'>(
  rows: readonly RegisterRow[],
  head: RegisterRow,
  key: K,
  column: Column,
  note: Note,
): RegisterRow[K] | undefined => {
  for (const row of rows)
    if (row[key] !== undefined && head[key] !== undefined && row[key] !== head[key])
      note(row, column, 'DIFFERS', `${columns[column]}与户主所在行不一致`);
  return head[key] ?? note(head, column, 'MISSING', `户主所在行应填${columns[column]}`);
};

const checkMembers = (rows: readonly RegisterRow[], head: RegisterRow, note: Note): void => {
  if (rows.length > MOST_MEMBERS) note(head, 'caseNo', 'RANGE', `一户不超过${MOST_MEMBERS}人`);
  const seen = new Map<string, number>();
  for (const row of rows) {
    if (row !== head && row.relation === 'head') note(row, 'relation', 'HEAD', '一户只能有一名户主');
    if (row.programme !== head.programme) note(row, 'programme', 'DIFFERS', '项目与户主所在行不一致');
    const first = seen.get(row.identityNumber);
    if (first !== undefined) note(row, 'identityNumber', 'DUPLICATE', `与第${first}行为同一人`);
    else seen.set(row.identityNumber, row.row);
  }
};

/** Whether somebody stands alone is told by what the whole family has, so the family has to be in the file (A32). */
const checkAlone = (rows: readonly RegisterRow[], note: Note): void => {
  for (const row of rows.filter(({ alone }) => alone)) {
    if (row.programme !== 'dibao') note(row, 'alone', 'RANGE', '只有低保可按单人户登记');
    else if (rows.length < 2) note(row, 'alone', 'RANGE', '按单人户登记的,应列出该家庭全部成员');
  }
};

/** What is paid: nothing in the programmes that pay nothing, and something in the others. */
const checkAmount = (
  { programme }: RegisterRow,
  head: RegisterRow,
  amountFen: Fen | undefined,
  note: Note,
): void => {
  if (isPaid(programme) && amountFen === 0) note(head, 'amount', 'NOT_POSITIVE', '金额应大于零');
  if (!isPaid(programme) && (amountFen ?? 0) > 0) note(head, 'amount', 'RANGE', '该项目不发放月保障金');
};

/** The household of rows that are each right, or what is wrong with them together. */
const householdOf = (
  rows: readonly RegisterRow[],
): { readonly household?: RegisterHousehold; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const note: Note = (row, column, code, reason): undefined => {
    findings.push(findingOf(row.row, column, '', code, reason, true));
  };
  const [first] = rows;
  const head = rows.find(({ relation }) => relation === 'head') ?? first;
  if (!head) return { findings };
  if (head.relation !== 'head') note(head, 'relation', 'HEAD', '该户没有户主');
  checkMembers(rows, head, note);
  checkAlone(rows, note);
  const areaCode = common(rows, head, 'areaCode', 'areaCode', note);
  const residence = common(rows, head, 'residence', 'residence', note);
  const from = common(rows, head, 'from', 'from', note);
  const amountFen = isPaid(head.programme)
    ? common(rows, head, 'amountFen', 'amount', note)
    : (head.amountFen ?? (0 as Fen));
  checkAmount(head, head, amountFen, note);
  if (head.programme === 'destitute' && !head.supportForm)
    note(head, 'supportForm', 'MISSING', '特困人员应填供养方式');
  if (findings.length > 0 || !areaCode || !residence || !from || amountFen === undefined) return { findings };
  return { household: recordedAs(rows, head, { areaCode, residence, from, amountFen }), findings };
};

const recordedAs = (
  rows: readonly RegisterRow[],
  head: RegisterRow,
  of: {
    readonly areaCode: AreaCode;
    readonly residence: HouseholdFacts['residence'];
    readonly from: Month;
    readonly amountFen: Fen;
  },
): RegisterHousehold => {
  const { areaCode, residence, from, amountFen } = of;
  const moneyFen = rows.reduce((sum, row) => sum + row.moneyFen, 0) as Fen;
  const persons: Record<string, WrittenPerson> = {};
  // Numbered in an order of their own: the same rows in another order are the same household.
  const others = rows.filter((row) => row !== head);
  const inOrder = [head, ...others.toSorted((a, b) => (a.identityNumber < b.identityNumber ? -1 : 1))];
  const members = inOrder.map((row, index) => {
    const memberId = `m${index + 1}`;
    const { name, identityNumber, phone } = row;
    persons[memberId] = { name, identityNumber, ...(phone === undefined ? {} : { phone }) };
    return memberOf(row, memberId, from);
  });
  const facts = HouseholdFacts.parse({
    areaCode,
    residence,
    members,
    property: { moneyFen },
    supporters: supportersOf(rows),
    ...(head.supportForm ? { destitute: { form: head.supportForm } } : {}),
  });
  const { caseNo, programme, row } = head;
  const account = head.account ?? rows.find((each) => each.account)?.account;
  const alone = inOrder.flatMap((each, index) => (each.alone ? [`m${index + 1}`] : []));
  return { caseNo, programme, row, facts, persons, account, amountFen, from, alone };
};

/** Nobody gets basic living aid in two households at once (B14); the second one is refused. */
const claimedTwice = (households: readonly RegisterHousehold[]) => {
  const firstOf = new Map<string, RegisterHousehold>();
  const refused = new Map<RegisterHousehold, RegisterHousehold>();
  for (const household of households) {
    if (!isPaid(household.programme)) continue;
    const numbers = claimantsOf(household);
    const other = numbers.flatMap((number) => firstOf.get(number) ?? [])[0];
    if (other) refused.set(household, other);
    else for (const number of numbers) firstOf.set(number, household);
  }
  return refused;
};

export type CheckedRows = {
  readonly households: readonly RegisterHousehold[];
  readonly refused: number;
  readonly findings: readonly Finding[];
};

/** A household with a refused row is refused whole, and told which row it was. */
const spoiled = (caseNo: string, rows: readonly number[], bad: number): Finding =>
  findingOf(rows[0] ?? bad, 'caseNo', caseNo, 'HOUSEHOLD', `该户第${bad}行有误,整户未予导入`, true);

/** Checks all rows of a file; rows of one case number make one household, wherever they stand. */
export const checkRegister = (
  rows: readonly { readonly row: number; readonly cells: Cells }[],
  today: string,
): CheckedRows => {
  const findings: Finding[] = [];
  const groups = new Map<string, { rows: RegisterRow[]; numbers: number[]; bad: number | undefined }>();
  for (const { row, cells } of rows) {
    const checked = checkRegisterRow(cells, row, today);
    findings.push(...checked.findings);
    const key = checked.caseNo === '' ? `#${row}` : checked.caseNo;
    const group = groups.get(key) ?? { rows: [], numbers: [], bad: undefined };
    groups.set(key, group);
    group.numbers.push(row);
    if (checked.row) group.rows.push(checked.row);
    else group.bad ??= row;
  }
  const households: RegisterHousehold[] = [];
  for (const [caseNo, group] of groups) {
    if (group.bad !== undefined) {
      if (group.numbers.length > 1) findings.push(spoiled(caseNo, group.numbers, group.bad));
      continue;
    }
    const made = householdOf(group.rows);
    findings.push(...made.findings);
    if (made.household) households.push(made.household);
  }
  const twice = claimedTwice(households);
  for (const [{ caseNo, row }, other] of twice)
    findings.push(
      findingOf(
        row,
        'caseNo',
        caseNo,
        'DUPLICATE',
        `有成员已列入第${other.row}行的户,同一人只能享受一项`,
        true,
      ),
    );
  const accepted = households.filter((household) => !twice.has(household));
  return { households: accepted, refused: groups.size - accepted.length, findings };
};

/** A keyed fingerprint of all that the rows say: the same rows again are nothing new. */
export const fingerprintOf = (seals: Seals, household: RegisterHousehold): string => {
  const { caseNo, programme, facts, persons, account, amountFen, from, alone } = household;
  const said = [caseNo, programme, facts, persons, account ?? null, amountFen, from];
  // Without anybody alone as ever: a register that was imported before the column was there stays known.
  return seals.index('record', JSON.stringify(alone.length > 0 ? [...said, alone] : said));
};

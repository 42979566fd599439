import type { AreaCode } from '../../shared/area.ts';
import { maskValue } from '../../shared/mask.ts';
import { type Fen, yuanToFen } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import { type ProgrammeCode, programmeNamed } from '../../shared/programme.ts';
import {
  type CellCode,
  checkArea,
  checkCaseNo,
  checkIdentity,
  checkMonth,
  checkName,
  checkPhone,
  plain,
  type RefuseCell,
  visible,
} from '../../shared/row-check.ts';
import type { AccountNotice } from './entitlement.ts';
import { checkAccount, type PlainPayee } from './payee.ts';

/** The columns of a roster, by the headers officers write. */
export const columns = {
  programme: '项目',
  caseNo: '案号',
  name: '姓名',
  identityNumber: '身份证号',
  areaCode: '区划代码',
  persons: '保障人口',
  amount: '月金额',
  from: '起始月',
  to: '终止月',
  accountName: '户名',
  account: '账号',
  bank: '开户银行',
  phone: '联系电话',
} as const;
export type Column = keyof typeof columns;
export type Cells = Readonly<Record<Column, string>>;

/** A row that passed every check, in the clear. */
export type RosterRow = {
  readonly row: number;
  readonly programme: ProgrammeCode;
  readonly caseNo: string;
  readonly name: string;
  readonly identityNumber: string;
  readonly areaCode: AreaCode;
  readonly persons: number;
  readonly amountFen: Fen;
  readonly from: Month;
  readonly to: Month | undefined;
  readonly payee: PlainPayee | undefined;
  readonly phone: string | undefined;
  readonly notices: readonly AccountNotice[];
};

export type FindingCode =
  | AccountNotice
  | CellCode
  | 'DECIMALS'
  | 'DUPLICATE'
  | 'IMPLAUSIBLE'
  | 'NOT_POSITIVE'
  | 'ORDER'
  | 'OUTSIDE_AREA'
  | 'RANGE';

/** One thing wrong with a row, or one thing to look at: where it stands, its value masked, and why, in Chinese. */
export type Finding = {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly code: FindingCode;
  readonly refused: boolean;
};

const noticeReasons: Record<AccountNotice, string> = {
  ACCOUNT_CHECK: '账号未通过校验位核对;存折号属正常,请核对',
  ACCOUNT_NAME_DIFFERS: '户名与姓名不一致,应有监护人或代领证明',
  BANK_UNKNOWN: '开户银行不在名录,将单独成盘',
};
const noticeColumns: Record<AccountNotice, Column> = {
  ACCOUNT_CHECK: 'account',
  ACCOUNT_NAME_DIFFERS: 'accountName',
  BANK_UNKNOWN: 'bank',
};

const MAX_PERSONS = 30;
const MAX_AMOUNT_FEN = 100_000_00;
type Refuse = RefuseCell<Column, FindingCode>;

const checkPersons = (text: string, refuse: Refuse): number | undefined => {
  const persons = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return persons >= 1 && persons <= MAX_PERSONS
    ? persons
    : refuse('persons', 'RANGE', `保障人口应为1至${MAX_PERSONS}的整数`);
};

const checkAmount = (text: string, refuse: Refuse): Fen | undefined => {
  if (text === '') return refuse('amount', 'MISSING', '月金额不能为空');
  if (/\.\d{3,}$/.test(text)) return refuse('amount', 'DECIMALS', '金额最多两位小数');
  const fen = yuanToFen(text);
  if (fen === undefined) {
    return /^-/.test(text)
      ? refuse('amount', 'NOT_POSITIVE', '金额应大于零')
      : refuse('amount', 'FORMAT', '金额不是数字');
  }
  if (fen <= 0) return refuse('amount', 'NOT_POSITIVE', '金额应大于零');
  return fen > MAX_AMOUNT_FEN ? refuse('amount', 'IMPLAUSIBLE', '月金额超过10万元,请核对') : fen;
};

const checkPayee = (cells: Cells, name: string, refuse: Refuse) => {
  const account = plain(cells.account);
  const accountName = visible(cells.accountName);
  if (account === '') return { payee: undefined, notices: [] };
  if (/^\d(\.\d+)?e\+?\d+$/i.test(account)) {
    return refuse('account', 'NUMBER_CELL', '账号被存成了数字,末尾已丢失;请把该列设为文本后重新填写');
  }
  const checked = checkAccount({ account, accountName: accountName || name, bank: plain(cells.bank), name });
  return 'refused' in checked ? refuse(checked.field, 'FORMAT', checked.refused) : checked;
};

/**
 * Checks one row. Every fault is listed, each with its column, so that the row can be mended in one go; a row with a fault is
 * refused whole. `today` bounds birth dates.
 */
export const checkRosterRow = (
  cells: Cells,
  row: number,
  today: string,
): { readonly row: RosterRow | undefined; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const note = (column: Column, code: FindingCode, reason: string, refused: boolean): undefined => {
    findings.push({
      row,
      column: columns[column],
      value: maskValue(cells[column].trim()),
      reason,
      code,
      refused,
    });
  };
  const refuse: Refuse = (column, code, reason) => note(column, code, reason, true);

  const programme = programmeNamed(plain(cells.programme));
  if (!programme) refuse('programme', 'UNKNOWN', '没有这个项目;应为低保、特困、孤困儿童或儿童主任');
  const caseNo = checkCaseNo(plain(cells.caseNo), 'caseNo', refuse);
  const name = checkName(visible(cells.name), 'name', refuse);
  const identityNumber = checkIdentity(plain(cells.identityNumber), today, 'identityNumber', refuse);
  const areaCode = checkArea(plain(cells.areaCode), 'areaCode', refuse);
  const persons = checkPersons(plain(cells.persons), refuse);
  const amountFen = checkAmount(plain(cells.amount), refuse);
  const from = checkMonth(plain(cells.from), 'from', columns.from, refuse);
  const to = plain(cells.to) === '' ? undefined : checkMonth(plain(cells.to), 'to', columns.to, refuse);
  if (from && to && to < from) refuse('to', 'ORDER', '终止月早于起始月');
  const payee = checkPayee(cells, name ?? '', refuse);
  const phone = plain(cells.phone) === '' ? undefined : checkPhone(plain(cells.phone), 'phone', refuse);

  if (findings.length > 0) return { row: undefined, findings };
  if (
    !programme ||
    !caseNo ||
    !name ||
    !identityNumber ||
    !areaCode ||
    !persons ||
    !amountFen ||
    !from ||
    !payee
  ) {
    throw new Error('A row without findings has every field.');
  }
  for (const notice of payee.notices) note(noticeColumns[notice], notice, noticeReasons[notice], false);
  const checked: RosterRow = {
    row,
    programme: programme.code,
    caseNo,
    name,
    identityNumber,
    areaCode,
    persons,
    amountFen,
    from,
    to,
    payee: payee.payee,
    phone,
    notices: payee.notices,
  };
  return { row: checked, findings };
};

/** Checks all rows of a file; the second and later rows of one case are refused with the number of the first. */
export const checkRoster = (
  rows: readonly { readonly row: number; readonly cells: Cells }[],
  today: string,
): { readonly rows: readonly RosterRow[]; readonly findings: readonly Finding[] } => {
  const accepted: RosterRow[] = [];
  const findings: Finding[] = [];
  const firstRow = new Map<string, number>();
  for (const { row, cells } of rows) {
    const key = `${programmeNamed(plain(cells.programme))?.code ?? ''}#${plain(cells.caseNo)}`;
    const first = firstRow.get(key);
    const checked = checkRosterRow(cells, row, today);
    findings.push(...checked.findings);
    if (first !== undefined && !key.startsWith('#') && !key.endsWith('#')) {
      const reason = `与第${first}行的项目和案号重复`;
      findings.push({
        row,
        column: columns.caseNo,
        value: maskValue(plain(cells.caseNo)),
        reason,
        code: 'DUPLICATE',
        refused: true,
      });
      continue;
    }
    firstRow.set(key, row);
    if (checked.row) accepted.push(checked.row);
  }
  return { rows: accepted, findings };
};

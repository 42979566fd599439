import type * as z from 'zod';
import type { AreaCode } from '../../shared/area.ts';
import { bankOf } from '../../shared/bank.ts';
import { parseAccount } from '../../shared/bank-account.ts';
import { maskValue } from '../../shared/mask.ts';
import { type Fen, yuanToFen } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
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
import type { SheetColumns } from '../../shared/sheet.ts';
import type { SupportForm } from './care.ts';
import type { RegisterProgramme } from './evaluation.ts';
import type { Disability, HouseholdFacts, IncomeKind, Member, Relation } from './facts.ts';

import {
  disabilities,
  grades,
  incomeKinds,
  programmes,
  relations,
  residences,
  students,
  supportForms,
  type Words,
  yesNo,
} from './register-words.ts';

/** One row of an existing register: one member of a household, in the words bureaus write. */

export const columns = {
  programme: '项目',
  caseNo: '案号',
  relation: '与户主关系',
  name: '姓名',
  identityNumber: '身份证号',
  areaCode: '区划代码',
  residence: '户类型',
  amount: '月保障金额',
  from: '起始月',
  income: '月收入',
  incomeKind: '收入类型',
  ability: '劳动能力',
  disability: '残疾类别',
  grade: '残疾等级',
  illness: '重病',
  student: '就学',
  fullAmount: '全额享受',
  alone: '单人户',
  supporter: '子女供养能力',
  disregardFrom: '渐退起始月',
  supportForm: '供养方式',
  unableTo: '失能项数',
  money: '货币财产',
  account: '账号',
  accountName: '户名',
  bank: '开户银行',
  phone: '联系电话',
} as const;
export type Column = keyof typeof columns;
export type Cells = Readonly<Record<Column, string>>;

export const registerColumns: SheetColumns<Column> = {
  headers: columns,
  optional: [
    'incomeKind',
    'ability',
    'disability',
    'grade',
    'illness',
    'student',
    'fullAmount',
    'alone',
    'supporter',
    'disregardFrom',
    'supportForm',
    'unableTo',
    'money',
    'account',
    'accountName',
    'bank',
    'phone',
  ],
};

export type FindingCode =
  | CellCode
  | 'AMOUNT_DIFFERS'
  | 'DECIMALS'
  | 'DIFFERS'
  | 'DUPLICATE'
  | 'EXISTS'
  | 'HEAD'
  | 'HOUSEHOLD'
  | 'IMPLAUSIBLE'
  | 'NOT_ELIGIBLE'
  | 'NOT_POSITIVE'
  | 'ORDER'
  | 'OUTSIDE_AREA'
  | 'PERSON_ELSEWHERE'
  | 'RANGE';

/** One thing wrong with a row, or one to look at: where it stands, its value masked, and why, in Chinese. */
export type Finding = {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly code: FindingCode;
  readonly refused: boolean;
};

export const findingOf = (
  row: number,
  column: Column,
  value: string,
  code: FindingCode,
  reason: string,
  refused: boolean,
): Finding => ({ row, column: columns[column], value: maskValue(value.trim()), reason, code, refused });

/** What a member's row says of the household; in other rows than the head's it may be left blank. */
export type HouseholdCells = {
  readonly areaCode: AreaCode | undefined;
  readonly residence: HouseholdFacts['residence'] | undefined;
  readonly amountFen: Fen | undefined;
  readonly from: Month | undefined;
};

export type RegisterRow = HouseholdCells & {
  readonly row: number;
  readonly programme: RegisterProgramme;
  readonly caseNo: string;
  readonly relation: z.output<typeof Relation>;
  readonly name: string;
  readonly identityNumber: string;
  readonly phone: string | undefined;
  readonly account:
    | { readonly account: string; readonly accountName: string; readonly bank: string }
    | undefined;
  readonly incomeFen: Fen;
  readonly incomeKind: IncomeKind | undefined;
  readonly ableToWork: boolean;
  readonly disability: Disability | undefined;
  readonly seriousIllness: boolean;
  readonly student: Member['student'];
  readonly fullAmount: boolean;
  /** Is on the allowance as a household of his own, the family is not (A32). */
  readonly alone: boolean;
  /** 有: with capacity; 无: without; blank: there are no children who owe support. */
  readonly supporter: boolean | undefined;
  readonly disregardFrom: Month | undefined;
  readonly supportForm: SupportForm | undefined;
  readonly unableTo: number | undefined;
  readonly moneyFen: Fen;
};

const MAX_FEN = 10_000_000_00;
/** More than anybody gets a month: the yuan are probably 分, or a year's. */
const MAX_AMOUNT_FEN = 100_000_00;

/** What is read of one row, noting every fault. */
const readerOf = (cells: Cells, refuse: RefuseCell<Column, FindingCode>) => {
  const text = (column: Column) => plain(cells[column]);
  return {
    text,
    word: <T>(column: Column, { values, choices }: Words<T>): T | undefined => {
      const written = text(column).replace(/残疾?$/, '');
      if (written === '') return undefined;
      const value = values.get(written);
      return value ?? refuse(column, 'UNKNOWN', `${columns[column]}应为:${choices}`);
    },
    money: (column: Column, mostFen: number): Fen | undefined => {
      const written = text(column);
      if (written === '') return undefined;
      if (/\.\d{3,}$/.test(written)) return refuse(column, 'DECIMALS', '金额最多两位小数');
      const fen = yuanToFen(written);
      if (fen === undefined)
        return /^-/.test(written)
          ? refuse(column, 'NOT_POSITIVE', '金额不能为负')
          : refuse(column, 'FORMAT', '金额不是数字');
      return fen > mostFen ? refuse(column, 'IMPLAUSIBLE', `金额超过${mostFen / 1_000_000}万元,请核对`) : fen;
    },
    month: (column: 'from' | 'disregardFrom'): Month | undefined =>
      text(column) === '' ? undefined : checkMonth(text(column), column, columns[column], refuse),
    count: (column: 'unableTo'): number | undefined => {
      if (text(column) === '') return undefined;
      return /^[0-6]$/.test(text(column))
        ? Number(text(column))
        : refuse(column, 'RANGE', '失能项数应为0至6的整数');
    },
  };
};
type Reader = ReturnType<typeof readerOf>;

const missing = (column: Column, refuse: RefuseCell<Column, FindingCode>): undefined =>
  refuse(column, 'MISSING', `${columns[column]}不能为空`);

const accountOf = (cells: Cells, name: string, { text }: Reader, refuse: RefuseCell<Column, FindingCode>) => {
  const written = text('account');
  if (written === '') return undefined;
  if (/^\d(\.\d+)?e\+?\d+$/i.test(written))
    return refuse('account', 'NUMBER_CELL', '账号被存成了数字,末尾已丢失;请把该列设为文本后重新填写');
  const account = parseAccount(written);
  if (account === undefined) return refuse('account', 'FORMAT', '账号应为8至32位数字');
  const accountName = visible(cells.accountName) || name;
  checkName(accountName, 'accountName', refuse);
  // An account without a bank is no reason to leave a household out: payments hold it until somebody asks.
  const bank = text('bank') === '' ? '' : bankOf(text('bank')).name;
  return { account, accountName, bank };
};

const disabilityOf = ({ word }: Reader, refuse: RefuseCell<Column, FindingCode>): Disability | undefined => {
  const category = word('disability', disabilities);
  const grade = word('grade', grades);
  if (category !== undefined && grade !== undefined) return { category, grade };
  if (category !== undefined) missing('grade', refuse);
  if (grade !== undefined) missing('disability', refuse);
  return undefined;
};

/**
 * Checks one row. Every fault is listed, so that the row can be mended in one go; `caseNo` is what of the case number could be
 * read, to tell which household a refused row spoils.
 */
export const checkRegisterRow = (
  cells: Cells,
  row: number,
  today: string,
): {
  readonly row: RegisterRow | undefined;
  readonly caseNo: string;
  readonly findings: readonly Finding[];
} => {
  const findings: Finding[] = [];
  const refuse: RefuseCell<Column, FindingCode> = (column, code, reason): undefined => {
    findings.push(findingOf(row, column, cells[column], code, reason, true));
  };
  const read = readerOf(cells, refuse);
  const { text, word, money, month, count } = read;
  const caseNo = checkCaseNo(text('caseNo'), 'caseNo', refuse);
  const programme = text('programme') === '' ? missing('programme', refuse) : word('programme', programmes);
  const relation = text('relation') === '' ? missing('relation', refuse) : word('relation', relations);
  const name = checkName(visible(cells.name), 'name', refuse);
  const identityNumber = checkIdentity(text('identityNumber'), today, 'identityNumber', refuse);
  const rest = {
    areaCode: text('areaCode') === '' ? undefined : checkArea(text('areaCode'), 'areaCode', refuse),
    residence: word('residence', residences),
    amountFen: money('amount', MAX_AMOUNT_FEN),
    from: month('from'),
    phone: text('phone') === '' ? undefined : checkPhone(text('phone'), 'phone', refuse),
    account: accountOf(cells, name ?? '', read, refuse),
    incomeFen: money('income', MAX_FEN) ?? (0 as Fen),
    incomeKind: word('incomeKind', incomeKinds),
    ableToWork: word('ability', yesNo) ?? false,
    disability: disabilityOf(read, refuse),
    seriousIllness: word('illness', yesNo) ?? false,
    student: word('student', students),
    fullAmount: word('fullAmount', yesNo) ?? false,
    alone: word('alone', yesNo) ?? false,
    supporter: word('supporter', yesNo),
    disregardFrom: month('disregardFrom'),
    supportForm: word('supportForm', supportForms),
    unableTo: count('unableTo'),
    moneyFen: money('money', MAX_FEN) ?? (0 as Fen),
  };
  if (rest.disregardFrom && rest.incomeFen === 0)
    refuse('income', 'MISSING', '填了渐退起始月的,应填该成员就业的月收入');
  if (findings.length > 0 || !programme || !caseNo || !relation || !name || !identityNumber)
    return { row: undefined, caseNo: text('caseNo'), findings };
  return { row: { ...rest, row, programme, caseNo, relation, name, identityNumber }, caseNo, findings };
};

import { areaName, countyOf } from '../../shared/area.ts';
import { yuanText } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import type { Application } from './application.ts';
import { catalogue, type RegisterProgramme } from './evaluation.ts';

/** Letters to applicants, as a bureau writes them: what was decided, why, by which law, and what may be done about it (A15). */

export const programmeName = (programme: RegisterProgramme): string =>
  catalogue.find(({ code }) => code === programme)?.name ?? programme;

/** `2021-06-04` as letters write it. */
export const dateText = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};
export const monthText = (month: Month): string => {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
};

/** Every decision says how it can be contested: reconsideration within 60 days, or the court within six months (A15). */
const contestText = (reconsiderationDays: number, district: string): string =>
  `如不服本决定,可以自知道本决定之日起${reconsiderationDays}日内依法向${district}人民政府申请行政复议,也可以自知道本决定之日起6个月内依法向人民法院提起行政诉讼。`;

type Decided = {
  readonly application: Pick<Application, 'applicationNo' | 'areaCode' | 'receivedOn' | 'opinion'>;
  readonly headName: string;
  readonly on: string;
  readonly reasons: string;
  readonly reconsiderationDays: number;
  readonly approved?:
    | {
        readonly caseNo: string;
        readonly programme: RegisterProgramme;
        readonly amountFen: number;
        readonly persons: number;
        readonly from: Month;
      }
    | undefined;
};

/** The letter of confirmation or of refusal. */
export const decisionLetter = (decided: Decided): string => {
  const { application, headName, on, reasons, approved, reconsiderationDays } = decided;
  const district = areaName(countyOf(application.areaCode));
  const asked = `您户于${dateText(application.receivedOn)}提出的社会救助申请(编号${application.applicationNo})已收悉。`;
  const basis = '根据《浙江省社会救助条例》和《社会救助暂行办法》的有关规定,';
  const paid =
    approved && approved.amountFen > 0
      ? `保障人口${approved.persons}人,每月${yuanText(approved.amountFen)}元,自${monthText(approved.from)}起发放`
      : `保障人口${approved?.persons ?? 0}人,自${approved ? monthText(approved.from) : ''}起认定`;
  const body = approved
    ? [
        `${asked}经调查、公示和审核,${basis}决定确认您户为${programmeName(approved.programme)}对象(案号${approved.caseNo}),${paid}。`,
        '家庭人口、收入、财产状况发生变化的,应当及时告知镇人民政府(街道办事处)。',
      ]
    : [`${asked}经调查审核,${basis}决定不予批准。理由如下:`, reasons];
  return [
    approved ? '社会救助确认告知书' : '社会救助不予批准告知书',
    `${headName}:`,
    ...body,
    contestText(reconsiderationDays, district),
    `${district}民政局`,
    dateText(on),
  ].join('\n');
};

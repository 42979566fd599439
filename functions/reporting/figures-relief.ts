import {
  ReliefDecided,
  ReliefGiven,
  ReliefGranted,
  ReliefRefunded,
  ReserveMoved,
} from '../../events/relief.ts';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** Temporary relief (K6) and the reserves of the townships (K5). */

type Relief = { readonly caseNo: string; readonly areaCode: string; readonly month: string };
const relief = ({ caseNo, areaCode, month }: Relief, value: number): Fact => ({
  month: Month.parse(month),
  areaCode: AreaCode.parse(areaCode),
  programme: 'relief',
  subject: caseNo,
  value,
});

const given = (measure: (data: { readonly amountFen: number; readonly persons: number }) => number) => [
  from(ReliefGiven, ({ data }) => [relief(data, measure(data))]),
  from(ReliefGranted, ({ data }) => [relief(data, measure(data))]),
];

const movements = (kinds: readonly string[], priorYearOnly: boolean) => [
  from(ReserveMoved, (happened): Fact[] => {
    const { kind, priorYear, areaCode, movementId: subject, amountFen: value } = happened.data;
    if (!kinds.includes(kind) || (priorYearOnly && !priorYear)) return [];
    return [{ month: monthOfEvent(happened), areaCode: AreaCode.parse(areaCode), subject, value }];
  }),
];

export const reliefFigures: readonly Indicator[] = [
  {
    id: 'relief.cases',
    name: '临时救助户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内由备用金支付或批准通过银行发放的临时救助户次(K6)。',
    from: given(() => 1),
  },
  {
    id: 'relief.persons',
    name: '临时救助人次',
    unit: 'times',
    kind: 'flow',
    definition: '期内由备用金支付或批准通过银行发放的临时救助所惠及的人次。',
    from: given(({ persons }) => persons),
  },
  {
    id: 'relief.amount',
    name: '临时救助金额',
    unit: 'fen',
    kind: 'flow',
    definition: '期内由备用金支付或批准通过银行发放的临时救助金额,减去退回备用金的金额(K6)。',
    from: [
      ...given(({ amountFen }) => amountFen),
      from(ReliefRefunded, (happened) => [
        relief({ ...happened.data, month: monthOfEvent(happened) }, -happened.data.amountFen),
      ]),
    ],
  },
  {
    id: 'relief.refused',
    name: '临时救助不予批准件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内决定不予临时救助的件数。',
    from: [from(ReliefDecided, ({ data }) => (data.approved ? [] : [relief(data, 1)]))],
  },
  {
    id: 'relief.reserve-allotted',
    name: '下拨备用金',
    unit: 'fen',
    kind: 'flow',
    definition: '期内区局拨付、补充给镇街的临时救助备用金金额。',
    from: movements(['allot', 'replenish'], false),
  },
  {
    id: 'relief.reserve-recalled',
    name: '收回历年结余',
    unit: 'fen',
    kind: 'flow',
    definition: '期内从镇街收回的以前年度临时救助备用金结余(K5)。',
    from: movements(['recall'], true),
  },
];

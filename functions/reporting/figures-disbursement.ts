import { LedgerEntryRecorded, ReturnsApplied, RowResolved } from '../../events/disbursement.ts';
import { AreaCode, counties } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** What reached whom. A payment counts for the month of its run, once the bank has said that it arrived. */

type Paid = { readonly caseNo: string; readonly areaCode: string; readonly amountFen: number };
type Run = { readonly programme: string; readonly month: string };

const paid = ({ programme, month }: Run, { caseNo, areaCode }: Paid, value: number): Fact => ({
  month: Month.parse(month),
  areaCode: AreaCode.parse(areaCode),
  programme,
  subject: caseNo,
  value,
});

/** What arrived, less what the bank took back after it had posted it. */
const ofPayments = (measure: (line: Paid) => number) => [
  from(ReturnsApplied, ({ data }) =>
    (data.settledLines ?? []).map((line) => paid(data, line, measure(line))),
  ),
  from(RowResolved, ({ data: { reversed } }) =>
    reversed ? [paid(reversed, reversed, -measure(reversed))] : [],
  ),
];

/** An entry of the ledger names no place: it counts for the district. */
const ofLedger = (kind: 'arrears' | 'recovery') => [
  from(LedgerEntryRecorded, (happened): Fact[] => {
    const { data } = happened;
    const [areaCode] = counties();
    if (data.kind !== kind || areaCode === undefined) return [];
    const { programme, entryId: subject, amountFen: value } = data;
    return [{ month: monthOfEvent(happened), areaCode, programme, subject, value }];
  }),
];

export const disbursementFigures: readonly Indicator[] = [
  {
    id: 'disbursement.paid',
    name: '发放金额',
    unit: 'fen',
    kind: 'flow',
    definition: '期内各月发放批次中银行回盘成功的金额之和,含补发,减去入账后退回的金额(K4)。',
    from: ofPayments(({ amountFen }) => amountFen),
  },
  {
    id: 'disbursement.payments',
    name: '发放户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内各月发放批次中银行回盘成功的笔数,减去入账后退回的笔数。',
    from: ofPayments(() => 1),
  },
  {
    id: 'disbursement.returned',
    name: '银行退回户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内各月发放批次中银行回盘不成功的笔数,含其后已补发的。',
    from: [
      from(ReturnsApplied, ({ data }) =>
        data.returnedLines.flatMap(({ lineId }): Fact[] => {
          const [, areaCode = '', ...caseNo] = lineId.split('~');
          return [paid(data, { caseNo: caseNo.join('~'), areaCode, amountFen: 0 }, 1)];
        }),
      ),
    ],
  },
  {
    id: 'disbursement.arrears',
    name: '应补发金额',
    unit: 'fen',
    kind: 'flow',
    definition: '期内登记的应补发金额之和。',
    from: ofLedger('arrears'),
  },
  {
    id: 'disbursement.recoveries',
    name: '应抵扣金额',
    unit: 'fen',
    kind: 'flow',
    definition: '期内登记的多发待抵扣金额之和。',
    from: ofLedger('recovery'),
  },
];

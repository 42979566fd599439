import { HomeReconciled, ResidentAdmitted, ResidentDischarged } from '../../events/institutions.ts';
import { AreaCode } from '../../shared/area.ts';
import { monthOfDate } from '../../shared/month.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** Destitute persons in care institutions, and the books kept for them. */

const moved = (areaCode: string, date: string, subject: string, value: number): Fact => ({
  month: monthOfDate(date),
  areaCode: AreaCode.parse(areaCode),
  programme: 'destitute',
  subject,
  value,
});

export const institutionsFigures: readonly Indicator[] = [
  {
    id: 'institutions.residents',
    name: '集中供养人数',
    unit: 'persons',
    kind: 'stock',
    definition: '期末在供养服务机构集中供养的特困人员人数。',
    from: [
      from(ResidentAdmitted, ({ data }) => [moved(data.areaCode, data.admittedOn, data.caseNo, 1)]),
      from(ResidentDischarged, ({ data }) => [moved(data.areaCode, data.dischargedOn, data.caseNo, -1)]),
    ],
  },
  {
    id: 'institutions.reconciliations',
    name: '机构资金对账家次',
    unit: 'homes',
    kind: 'flow',
    definition: '期内完成季度资金对账的供养服务机构家次。',
    from: [
      from(HomeReconciled, (happened) => {
        const { areaCode, creditCode, quarter } = happened.data;
        const subject = `${creditCode} ${quarter}`;
        return [{ month: monthOfEvent(happened), areaCode: AreaCode.parse(areaCode), subject, value: 1 }];
      }),
    ],
  },
];

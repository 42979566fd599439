import {
  GiftGiven,
  GiftReturned,
  LeadClosed,
  LeadReceived,
  VisitRecorded,
  WarningRaised,
} from '../../events/outreach.ts';
import { AreaCode } from '../../shared/area.ts';
import type { Envelope, HappenedOf } from '../../shared/event.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** Visits and leads: help before it is asked for. */

const one = (happened: Pick<Envelope, 'time'>, areaCode: string, subject: string): Fact => ({
  month: monthOfEvent(happened),
  areaCode: AreaCode.parse(areaCode),
  subject,
  value: 1,
});

type Gift = HappenedOf<typeof GiftGiven>['data'];

/** What gifts come to; one that was taken back counts against the month in which it was. */
const gifts = (measure: (gift: Omit<Gift, 'recordedBy'>) => number): Indicator['from'] => {
  const fact = (
    happened: Pick<Envelope, 'time'>,
    gift: Omit<Gift, 'recordedBy'>,
    sign: 1 | -1,
  ): readonly Fact[] => [{ ...one(happened, gift.areaCode, gift.caseNo), value: sign * measure(gift) }];
  return [
    from(GiftGiven, (happened) => fact(happened, happened.data, 1)),
    from(GiftReturned, (happened) => fact(happened, happened.data, -1)),
  ];
};

export const outreachFigures: readonly Indicator[] = [
  {
    id: 'outreach.visits',
    name: '走访户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内登记的入户走访次数。',
    from: [
      from(VisitRecorded, (happened) => {
        const { areaCode, caseNo, leadNo, visitId } = happened.data;
        return [one(happened, areaCode, caseNo ?? leadNo ?? visitId)];
      }),
    ],
  },
  {
    id: 'outreach.leads',
    name: '主动发现线索件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内收到的困难线索件数,含系统预警。',
    from: [from(LeadReceived, (happened) => [one(happened, happened.data.areaCode, happened.data.leadNo)])],
  },
  {
    id: 'outreach.leads-helped',
    name: '线索转救助件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内办结并转为救助申请的线索件数。',
    from: [
      from(LeadClosed, (happened) =>
        happened.data.outcome === 'helped'
          ? [one(happened, happened.data.areaCode, happened.data.leadNo)]
          : [],
      ),
    ],
  },
  {
    id: 'outreach.warnings',
    name: '系统预警件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内由规则发现的预警件数。',
    from: [from(WarningRaised, (happened) => [one(happened, happened.data.areaCode, happened.data.leadNo)])],
  },
  {
    id: 'outreach.gift-households',
    name: '慰问户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内上门走访慰问并发放慰问物资或慰问金的户次,收回的扣减。',
    from: gifts(() => 1),
  },
  {
    id: 'outreach.gift-persons',
    name: '慰问人次',
    unit: 'times',
    kind: 'flow',
    definition: '期内上门走访慰问的人次,收回的扣减。',
    from: gifts(({ persons }) => persons),
  },
  {
    id: 'outreach.gift-amount',
    name: '慰问金额',
    unit: 'fen',
    kind: 'flow',
    definition: '期内发放的慰问物资折价与慰问金之和,收回的扣减。',
    from: gifts(({ goodsFen, cashFen }) => goodsFen + cashFen),
  },
];

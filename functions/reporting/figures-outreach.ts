import { LeadClosed, LeadReceived, VisitRecorded, WarningRaised } from '../../events/outreach.ts';
import { AreaCode } from '../../shared/area.ts';
import type { Envelope } from '../../shared/event.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** Visits and leads: help before it is asked for. */

const one = (happened: Pick<Envelope, 'time'>, areaCode: string, subject: string): Fact => ({
  month: monthOfEvent(happened),
  areaCode: AreaCode.parse(areaCode),
  subject,
  value: 1,
});

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
];

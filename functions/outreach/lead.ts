import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { addDays, dateAt, type Instant } from '../../shared/clock.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { naturalDaysAfter } from '../../shared/working-day.ts';
import { SealedText } from './sealed-text.ts';
import { SituationCode } from './situation.ts';

/** A lead (主动发现线索): somebody may need help and has not asked for it (rulebook A18). */

export const leadSourceNames = {
  visit: '走访发现',
  hotline: '热线来电',
  citizen: '群众反映',
  officer: '工作人员发现',
  warning: '数据预警',
  referral: '一件事转办',
} as const;
export type LeadSource = keyof typeof leadSourceNames;
export const LeadSource = z
  .enum(['visit', 'hotline', 'citizen', 'officer', 'warning', 'referral'])
  .meta({ id: 'LeadSource' });

export const leadStateNames = {
  received: '已受理',
  assigned: '已派单',
  visited: '已走访',
  helped: '已协助申请',
  referred: '已转介',
  unfounded: '不属实',
  duplicate: '重复线索',
} as const;
export const LeadOutcome = z
  .enum(['helped', 'referred', 'unfounded', 'duplicate'])
  .meta({ id: 'LeadOutcome' });
export type LeadOutcome = z.infer<typeof LeadOutcome>;

export const LeadState = z
  .enum(['received', 'assigned', 'visited', ...LeadOutcome.options])
  .meta({ id: 'LeadState' });
export type LeadState = z.infer<typeof LeadState>;

/** A lead that needs no visit to be passed on or seen to be known already; to help or to find it untrue takes one. */
const priorStates: Readonly<Record<LeadState, readonly LeadState[]>> = {
  received: [],
  assigned: ['received', 'assigned'],
  visited: ['assigned', 'visited'],
  helped: ['visited'],
  referred: ['received', 'assigned', 'visited'],
  unfounded: ['visited'],
  duplicate: ['received', 'assigned', 'visited'],
};

/** Where a lead is passed on to when it is not ours. */
export const referralNames = {
  health: '卫生健康部门',
  'medical-insurance': '医疗保障部门',
  education: '教育部门',
  'human-resources': '人力社保部门',
  housing: '住房建设部门',
  'disabled-federation': '残疾人联合会',
  charity: '慈善组织',
  'child-welfare': '儿童福利和未成年人保护',
  eldercare: '养老服务',
  'other-place': '户籍地民政部门',
} as const;
export type Referral = keyof typeof referralNames;
export const Referral = z
  .enum(Object.keys(referralNames) as [Referral, ...Referral[]])
  .meta({ id: 'LeadReferral' });

/** Programmes of other owners that one application may point to (C36), as officers call them. */
const referredNames: Readonly<Record<string, string>> = {
  'temporary-relief': '临时救助',
  child: '困境儿童保障',
  'home-adaptation': '困难老年人家庭适老化改造',
};
export const referredName = (programme: string): string => referredNames[programme] ?? programme;

/** What an application asks of another owner. */
export const Asked = z.object({ applicationNo: z.string(), programme: z.string(), urgent: z.boolean() });

export const Lead = z.object({
  leadNo: z.string(),
  source: LeadSource,
  areaCode: AreaCode,
  situations: z.array(SituationCode),
  caseNo: z.string().optional(),
  /** The warning rule that made it. */
  ruleId: z.string().optional(),
  /** The visit that made it. */
  visitId: z.string().optional(),
  asked: Asked.optional(),
  text: SealedText.optional(),
  person: z.object({ name: SealedText, index: z.string() }).optional(),
  contact: z.object({ name: SealedText.optional(), phone: SealedText }).optional(),
  receivedAt: z.iso.datetime(),
  receivedBy: z.string(),
  /** A warning that waits is nobody's work before this day. */
  notBefore: z.iso.date().optional(),
  dueOn: z.iso.date(),
  dueCertain: z.boolean(),
  state: LeadState,
  aideId: z.string().optional(),
  visitedBy: z.string().optional(),
  outcome: z
    .object({
      applicationNo: z.string().optional(),
      referredTo: Referral.optional(),
      duplicateOf: z.string().optional(),
      reason: SealedText.optional(),
    })
    .optional(),
  steps: z.array(z.object({ state: LeadState, at: z.iso.datetime(), by: z.string() })),
  version: z.int().min(1),
});
export type Lead = z.output<typeof Lead>;

export const leadOwner = (leadNo: string): string => `lead/${leadNo}`;
export const isOpen = ({ state }: Pick<Lead, 'state'>): boolean =>
  state === 'received' || state === 'assigned' || state === 'visited';
export const isOverdue = (lead: Pick<Lead, 'state' | 'dueOn'>, today: string): boolean =>
  isOpen(lead) && lead.dueOn < today;

export type NewLead = Pick<Lead, 'source' | 'areaCode' | 'situations'> &
  Partial<
    Pick<Lead, 'caseNo' | 'ruleId' | 'visitId' | 'asked' | 'text' | 'person' | 'contact' | 'notBefore'>
  >;

/**
 * A lead as it is received. It must be dealt with in `complaint.days` (S1 art. 58) from then, or from when its wait ends; an
 * urgent one in the days of an emergency (C08, A19).
 */
export const received = (
  leadNo: string,
  content: NewLead,
  { at, by }: { readonly at: Instant; readonly by: string },
  parameters: ParameterSet,
): Lead => {
  const from = content.notBefore ?? dateAt(at);
  const number = (key: 'complaint.days' | 'temp.urgent_days') =>
    numberFor(parameters, key, monthOfDate(from));
  const due = content.asked?.urgent
    ? { date: addDays(from, number('temp.urgent_days')), certain: true }
    : naturalDaysAfter(from, number('complaint.days'));
  return {
    ...content,
    leadNo,
    receivedAt: at,
    receivedBy: by,
    dueOn: due.date,
    dueCertain: due.certain,
    state: 'received',
    steps: [{ state: 'received', at, by }],
    version: 1,
  };
};

/** One step of a lead, with what it adds; refuses a step that the table of prior states does not know. */
export const stepped = (
  lead: Lead,
  state: LeadState,
  { at, by }: { readonly at: Instant; readonly by: string },
  more: Partial<Pick<Lead, 'aideId' | 'visitedBy' | 'outcome'>> = {},
): Lead | 'WRONG_STATE' =>
  priorStates[state].includes(lead.state)
    ? { ...lead, ...more, state, steps: [...lead.steps, { state, at, by }], version: lead.version + 1 }
    : 'WRONG_STATE';

/** Other open leads that may tell of the same household: of the same village and the same case or person. */
export const similarTo = (lead: Lead, others: readonly Lead[]): string[] =>
  others
    .filter(
      (other) =>
        other.leadNo !== lead.leadNo &&
        isOpen(other) &&
        other.areaCode === lead.areaCode &&
        ((lead.caseNo !== undefined && other.caseNo === lead.caseNo) ||
          (lead.person !== undefined && other.person?.index === lead.person.index)),
    )
    .map(({ leadNo }) => leadNo);

/** By how many days a lead that is dealt with today is late; 0 when it is in time. */
export const daysLate = ({ dueOn }: Pick<Lead, 'dueOn'>, today: string): number => {
  let late = 0;
  for (let day = dueOn; day < today; day = addDays(day, 1)) late++;
  return late;
};

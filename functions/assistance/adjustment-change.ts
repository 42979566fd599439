import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import type { ReasonCode } from './determination.ts';
import {
  Disability,
  Expenses,
  HouseholdFacts,
  Income,
  isCounted,
  type Member,
  NotCounted,
  Property,
  Relation,
  SelfCareItem,
  Supporter,
} from './facts.ts';

/** What happened in a household on the register, and what its facts are from then on. */

export const causeNames = {
  review: '定期复核',
  'change-report': '家庭情况变化报告',
  'member-died': '成员死亡',
  'member-moved': '成员户籍迁出',
  imprisoned: '成员服刑',
  missing: '成员宣告失踪',
  'job-found': '成员就业',
  'job-refused': '拒绝就业',
  'care-assessment': '生活自理能力复评',
  'give-up': '主动放弃',
  'refused-check': '拒绝核查',
  fraud: '骗取救助',
  'household-merged': '家庭合并',
  corrected: '更正',
} as const;
const causes = Object.keys(causeNames) as [Cause, ...Cause[]];
export const Cause = z.enum(causes).meta({ id: 'AdjustmentCause' });
export type Cause = keyof typeof causeNames;

const memberId = z.string().regex(/^[a-z0-9]{1,12}$/);

/** Absent leaves a fact as it is; null takes it away. Written out, because a default would overwrite what is known. */
const MemberPatch = z
  .object({
    memberId,
    relation: Relation.optional(),
    notCounted: NotCounted.nullable().optional(),
    disability: Disability.nullable().optional(),
    seriousIllness: z.boolean().optional(),
    ableToWork: z.boolean().optional(),
    student: z.enum(['compulsory', 'high-school', 'college']).nullable().optional(),
    incomes: z.array(Income).max(30).optional(),
    stillInNeed: z.boolean().optional(),
    jobRefusals: z.int().min(0).optional(),
    unableTo: z.array(SelfCareItem).optional(),
  })
  .meta({ id: 'MemberPatch' });
type MemberPatch = z.output<typeof MemberPatch>;

const FactsPatch = z
  .object({
    areaCode: AreaCode.optional().meta({ description: 'Moved to another village or town of the district.' }),
    residence: z.enum(['urban', 'rural']).optional(),
    hukou: z.enum(['local', 'residence-permit', 'elsewhere']).optional(),
    members: z.array(MemberPatch).max(30).optional(),
    property: Property.optional(),
    supporters: z.array(Supporter).max(20).optional(),
    expenses: Expenses.optional(),
    maintenancePaidFen: Fen.optional(),
    refusesCheck: z.boolean().optional(),
    destitute: HouseholdFacts.shape.destitute,
  })
  .meta({ id: 'FactsPatch', description: 'Facts that are different now; what is absent stays.' });
type FactsPatch = z.output<typeof FactsPatch>;

const leaves = {
  memberId,
  on: z.iso.date().meta({ description: 'The day it happened.' }),
  newHeadId: memberId.optional().meta({
    description: 'Who heads the household if the head left it; otherwise the spouse, or else the eldest.',
  }),
};

export const Change = z
  .discriminatedUnion('cause', [
    z.object({ cause: z.enum(['review', 'change-report', 'corrected']), facts: FactsPatch.prefault({}) }),
    z.object({ cause: z.enum(['member-died', 'member-moved', 'imprisoned', 'missing']), ...leaves }),
    z.object({
      cause: z.literal('job-found'),
      memberId,
      since: Month.meta({ description: 'The month the member began to work.' }),
      monthlyFen: Fen,
      deductedFen: Fen.default(0 as Fen),
    }),
    z.object({ cause: z.literal('job-refused'), memberId, refusals: z.int().min(0).max(99) }),
    z.object({
      cause: z.literal('care-assessment'),
      memberId,
      unableTo: z
        .array(SelfCareItem)
        .meta({ description: 'Of the six things, those the member cannot do (B08).' }),
    }),
    z.object({ cause: z.enum(['give-up', 'refused-check']) }),
    z.object({
      cause: z.literal('fraud'),
      obtainedFen: Fen.meta({ description: 'What was obtained by fraud and is to be recovered.' }),
      fineFen: Fen.meta({ description: 'Recorded, not collected here: one to three times as much (A13).' }),
    }),
    z.object({ cause: z.literal('household-merged'), intoCaseNo: z.string().min(1).max(64) }),
  ])
  .meta({ id: 'Change' });
export type Change = z.output<typeof Change>;

/** Why help ends whatever the household’s means are. */
export const forcedReasonOf = ({ cause }: Change): ReasonCode | undefined => {
  switch (cause) {
    case 'give-up':
      return 'gave-up';
    case 'fraud':
      return 'fraud';
    case 'household-merged':
      return 'merged';
    default:
      return undefined;
  }
};

const NOT_COUNTED_BY = {
  'member-died': 'died',
  'member-moved': 'moved-away',
  imprisoned: 'imprisoned',
  missing: 'missing',
} as const satisfies Readonly<Record<string, NotCounted>>;

/** The spouse, or else the eldest of those who are left; nobody when nobody is. */
const successorOf = (members: readonly Member[]): Member | undefined => {
  const left = members.filter(isCounted);
  return (
    left.find(({ relation }) => relation === 'spouse') ??
    left.toSorted((a, b) => (a.born < b.born ? -1 : 1))[0]
  );
};

/** A household whose head left it is headed by somebody who stayed; where nobody did, it keeps its head. */
const withHead = (members: readonly Member[], newHeadId: string | undefined): Member[] => {
  const head = members.find(({ relation }) => relation === 'head');
  if (head && isCounted(head) && newHeadId === undefined) return [...members];
  const next = newHeadId ?? successorOf(members)?.memberId ?? head?.memberId;
  return members.map((member) => {
    if (member.memberId === next) return { ...member, relation: 'head' };
    return member.relation === 'head' ? { ...member, relation: 'other' } : member;
  });
};

const patched = (member: Member, patch: MemberPatch): Member =>
  Object.fromEntries(
    Object.entries({ ...member, ...patch }).filter(([, value]) => value !== undefined && value !== null),
  ) as Member;

const patchFacts = (
  facts: HouseholdFacts,
  { members: patches = [], ...patch }: FactsPatch,
): HouseholdFacts => {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const members = facts.members.map((member) => {
    const own = patches.find((each) => each.memberId === member.memberId);
    return own ? patched(member, own) : member;
  });
  return { ...facts, ...given, members: withHead(members, undefined) };
};

const ofMember = (facts: HouseholdFacts, id: string, change: (member: Member) => Member): HouseholdFacts => ({
  ...facts,
  members: facts.members.map((member) => (member.memberId === id ? change(member) : member)),
});

/** Members a change speaks of. */
const namedIn = (change: Change): string[] => {
  if ('facts' in change) return (change.facts.members ?? []).map((patch) => patch.memberId);
  if (!('memberId' in change)) return [];
  return 'newHeadId' in change && change.newHeadId !== undefined
    ? [change.memberId, change.newHeadId]
    : [change.memberId];
};

/**
 * The facts once a change has happened. `disregards` says that income of a new job is left out for a time (A09), which is for
 * those who were on the register before they took it. Refuses a member whom the household does not have.
 */
export const changedFacts = (
  facts: HouseholdFacts,
  change: Change,
  disregards: boolean,
): HouseholdFacts | { readonly refused: 'MEMBER_NOT_FOUND' } => {
  const known = new Set(facts.members.map((member) => member.memberId));
  if (!namedIn(change).every((id) => known.has(id))) return { refused: 'MEMBER_NOT_FOUND' };
  switch (change.cause) {
    case 'review':
    case 'change-report':
    case 'corrected':
      return patchFacts(facts, change.facts);
    case 'member-died':
    case 'member-moved':
    case 'imprisoned':
    case 'missing': {
      const notCounted = NOT_COUNTED_BY[change.cause];
      const left = ofMember(facts, change.memberId, (member) => ({ ...member, notCounted }));
      return { ...left, members: withHead(left.members, change.newHeadId) };
    }
    case 'job-found': {
      const { monthlyFen, deductedFen, since } = change;
      const income: Income = {
        kind: 'wage',
        monthlyFen,
        deductedFen,
        ...(disregards ? { disregardFrom: since } : {}),
      };
      return ofMember(facts, change.memberId, (member) => ({
        ...member,
        incomes: [...member.incomes, income],
      }));
    }
    case 'job-refused':
      return ofMember(facts, change.memberId, (member) => ({ ...member, jobRefusals: change.refusals }));
    case 'care-assessment':
      return ofMember(facts, change.memberId, (member) => ({ ...member, unableTo: change.unableTo }));
    case 'refused-check':
      return { ...facts, refusesCheck: true };
    case 'give-up':
    case 'fraud':
    case 'household-merged':
      return facts;
  }
};

const differs = (before: unknown, after: unknown): boolean =>
  JSON.stringify(before) !== JSON.stringify(after);
const eachMember = <T>(facts: HouseholdFacts, pick: (member: Member) => T): T[] => facts.members.map(pick);

/** Why an amount changes, when help goes on: by what happened, or by which facts a review found changed. */
export const changeReasonOf = (change: Change, before: HouseholdFacts, after: HouseholdFacts): ReasonCode => {
  switch (change.cause) {
    case 'member-died':
      return 'died';
    case 'member-moved':
      return 'moved-away';
    case 'imprisoned':
      return 'imprisoned';
    case 'missing':
      return 'missing';
    case 'job-found':
      return 'took-job';
    case 'job-refused':
      return 'refused-job';
    case 'care-assessment':
      return 'care-tier-changed';
    case 'corrected':
      return 'corrected';
    default:
  }
  const counted = ({ members }: HouseholdFacts) => members.filter(isCounted).map((member) => member.memberId);
  if (differs(counted(before), counted(after))) return 'members-changed';
  const means = (facts: HouseholdFacts) => [
    eachMember(facts, ({ incomes }) => incomes),
    facts.supporters,
    facts.maintenancePaidFen,
    facts.expenses,
  ];
  if (differs(means(before), means(after))) return 'income-changed';
  if (differs(before.property, after.property)) return 'property-changed';
  const care = (facts: HouseholdFacts) => eachMember(facts, ({ unableTo }) => unableTo);
  if (differs(care(before), care(after))) return 'care-tier-changed';
  return before.areaCode === after.areaCode ? 'corrected' : 'moved-within';
};

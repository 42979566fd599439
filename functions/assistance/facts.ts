import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';

/**
 * What is known of a household: all that the rules read, and nothing that names anybody. Names, identity numbers, phones and
 * accounts are kept beside it, sealed.
 */

export const Relation = z.enum([
  'head',
  'spouse',
  'child',
  'grandchild',
  'parent',
  'grandparent',
  'sibling',
  'other',
]);

/** What officers and registers call them. */
export const relationNames: Readonly<Record<z.output<typeof Relation>, string>> = {
  head: '户主',
  spouse: '配偶',
  child: '子女',
  grandchild: '孙子女',
  parent: '父母',
  grandparent: '祖父母',
  sibling: '兄弟姐妹',
  other: '其他',
};

/** Why somebody who belongs to the household is not counted in it (rulebook A31), or belongs to it no longer. */
export const NotCounted = z.enum([
  'independent',
  'religious',
  'imprisoned',
  'rehabilitation',
  'missing',
  'conscript',
  'died',
  'moved-away',
]);
export type NotCounted = z.infer<typeof NotCounted>;

/** 残疾类别 and 等级 of the certificate (rulebook I.4); 1 is the gravest. */
export const Disability = z.object({
  category: z.enum(['vision', 'hearing', 'speech', 'physical', 'intellectual', 'psychiatric', 'multiple']),
  grade: z.int().min(1).max(4),
});
export type Disability = z.infer<typeof Disability>;

/** Income that counts (rulebook A40). */
export const countedKinds = ['wage', 'business', 'property', 'transfer', 'maintenance', 'other'] as const;
/** Income that does not (rulebook A41); recorded so that a reader sees it was asked for. */
export const excludedKinds = [
  'veteran-benefit',
  'family-planning-award',
  'honour',
  'scholarship',
  'bravery-award',
  'one-off-relief',
  'disability-allowance',
  'high-age-allowance',
  'child-allowance',
  'basic-pension',
  'death-benefit',
  'injury-compensation',
] as const;
export const IncomeKind = z.enum([...countedKinds, ...excludedKinds]);
export type IncomeKind = z.infer<typeof IncomeKind>;

export const Income = z.object({
  kind: IncomeKind,
  monthlyFen: Fen.meta({ description: 'A month, on average over the income window (A05).' }),
  deductedFen: Fen.default(0 as Fen).meta({
    description: 'Of it: income tax, social insurance, costs of a business (A40).',
  }),
  disregardFrom: Month.optional().meta({
    description:
      'The month a member on the register took this job; from then on it is left out for a time (A09).',
  }),
});
export type Income = z.output<typeof Income>;

/** The six things of daily life (rulebook B08). */
export const selfCareItems = ['eat', 'dress', 'get-up', 'toilet', 'walk', 'wash'] as const;
export const SelfCareItem = z.enum(selfCareItems);

export const Member = z.object({
  memberId: z.string().regex(/^[a-z0-9]{1,12}$/),
  relation: Relation,
  sex: z.enum(['male', 'female']),
  born: z.iso.date(),
  notCounted: NotCounted.optional(),
  disability: Disability.optional(),
  seriousIllness: z.boolean().default(false),
  ableToWork: z.boolean().default(false),
  student: z.enum(['compulsory', 'high-school', 'college']).optional(),
  incomes: z.array(Income).max(30).default([]),
  stillInNeed: z.boolean().default(false).meta({
    description:
      'The home visit found that the member struggles even with the allowance; only then the uplift for special groups (A36, S2 art. 12).',
  }),
  jobRefusals: z
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'Suitable jobs refused within six months (A10).' }),
  fullAmountFrom: Month.optional().meta({ description: 'Has the full standard from this month on (A33).' }),
  unableTo: z
    .array(SelfCareItem)
    .optional()
    .meta({ description: 'Of the six things, those the member cannot do (B08).' }),
});
export type Member = z.output<typeof Member>;

export const Property = z.object({
  moneyFen: Fen.default(0 as Fen).meta({
    description: 'Deposits, securities, insurance and cash of all members (A45).',
  }),
  vehicles: z.int().min(0).default(0).meta({ description: 'Cars and ships for private use (A46).' }),
  homes: z.int().min(0).default(1),
  homeAreaAboveAverage: z.boolean().default(false),
  businessPremises: z
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'Shops, offices, factories, hotel-style apartments (A47).' }),
  companyCapitalFen: Fen.default(0 as Fen),
  gaveAwayToQualify: z.boolean().default(false),
  highConsumption: z.boolean().optional().meta({
    description:
      'Study abroad or a costly private school at own expense, or other high consumption of late (A48).',
  }),
});
export type Property = z.output<typeof Property>;

/** Somebody outside the household who owes maintenance (rulebook A35, A44). */
export const Supporter = z.object({
  relation: Relation,
  perCapitaMonthlyFen: Fen.meta({ description: 'Monthly income a head of the supporter’s own household.' }),
  overPropertyLine: z.boolean().default(false),
  unable: z.boolean().optional().meta({
    description:
      'Has no capacity even by the rules for destitute persons: destitute himself, in prison or missing, or old or severely disabled and on the allowance (B01).',
  }),
  agreedFen: Fen.optional().meta({ description: 'A month, by agreement or judgment.' }),
  paidFen: Fen.optional().meta({ description: 'A month, what is really paid.' }),
});
export type Supporter = z.output<typeof Supporter>;

/** Out-of-pocket costs of the 12 months before the application (rulebook A43). */
export const Expenses = z.object({
  medicalFen: Fen.default(0 as Fen),
  educationFen: Fen.default(0 as Fen),
  rehabilitationFen: Fen.default(0 as Fen),
  disasterFen: Fen.default(0 as Fen),
});
export type Expenses = z.output<typeof Expenses>;

export const HouseholdFacts = z
  .object({
    areaCode: AreaCode,
    residence: z.enum(['urban', 'rural']),
    hukou: z.enum(['local', 'residence-permit', 'elsewhere']).default('local'),
    members: z
      .array(Member)
      .min(1)
      .max(30)
      .refine(
        (members) => members.filter(({ relation }) => relation === 'head').length === 1,
        '应有且只有一名户主',
      )
      .refine(
        (members) => new Set(members.map(({ memberId }) => memberId)).size === members.length,
        '成员编号不能重复',
      ),
    property: Property.prefault({}),
    supporters: z.array(Supporter).max(20).default([]),
    expenses: Expenses.prefault({}),
    maintenancePaidFen: Fen.default(0 as Fen).meta({
      description: 'A month, maintenance the household pays to others (A44).',
    }),
    refusesCheck: z.boolean().default(false),
    destitute: z
      .object({
        form: z.enum(['at-home', 'institution']).meta({ description: '分散 or 集中 (B05).' }),
        institutionId: z.string().max(64).optional(),
      })
      .optional()
      .meta({ description: 'How support is given, once a person is recognised as destitute.' }),
  })
  .meta({ id: 'HouseholdFacts' });
export type HouseholdFacts = z.output<typeof HouseholdFacts>;

export const isCounted = ({ notCounted }: Member): boolean => notCounted === undefined;
export const countedMembers = ({ members }: HouseholdFacts): Member[] => members.filter(isCounted);

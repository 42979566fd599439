import * as z from 'zod';
import { reason } from '../../shared/request-parts.ts';
import { Paper } from './application.ts';
import { HouseholdFacts } from './facts.ts';
import { personFaults, WrittenAccount, WrittenPerson } from './identity.ts';

/** What applicants and officers send about an application. The examples are invented; nobody has these numbers. */

const household = {
  areaCode: '330702101201',
  residence: 'rural',
  members: [
    {
      memberId: 'm1',
      relation: 'head',
      sex: 'male',
      born: '1975-03-12',
      incomes: [{ kind: 'wage', monthlyFen: 120000 }],
      ableToWork: true,
    },
    { memberId: 'm2', relation: 'spouse', sex: 'female', born: '1977-08-25' },
    { memberId: 'm3', relation: 'child', sex: 'female', born: '2009-06-01', student: 'compulsory' },
  ],
  property: { moneyFen: 2000000 },
};
const persons = {
  m1: { name: '张水根', identityNumber: '33079919750312301X', phone: '12800000001' },
  m2: { name: '李桂花', identityNumber: '330799197708253029' },
  m3: { name: '张小雨', identityNumber: '330799200906013020' },
};
const documents = [
  { kind: 'identity', sha256: 'a'.repeat(64), pages: 3 },
  { kind: 'application-form', sha256: 'b'.repeat(64), pages: 2 },
];
export const sampleSubmission = {
  household,
  persons,
  account: { account: '6222020200000000006', bank: '农业银行' },
  documents,
};

/** Whatever the day: a birth in the future is refused when the application is received. */
const ANY_DAY = '9999-12-31';

const Persons = z.record(z.string(), WrittenPerson).meta({ description: 'By member id.' });
const Papers = z.array(Paper).max(60);

type Household = {
  readonly household?: z.output<typeof HouseholdFacts> | undefined;
  readonly persons?: z.output<typeof Persons> | undefined;
};
/** Every fault of the persons with its path, like any other fault of a request. */
const personsFit = ({ household: facts, persons: written }: Household, context: z.RefinementCtx): void => {
  if (!facts || !written) return;
  for (const { memberId, field, message } of personFaults(facts.members, written, ANY_DAY)) {
    const path = ['persons', memberId, ...(field === '' ? [] : [field])];
    context.addIssue({ code: 'custom', path, message });
  }
};

export const Submission = z
  .object({
    household: HouseholdFacts,
    persons: Persons,
    account: WrittenAccount.optional(),
    documents: Papers.default([]),
    relatedToOfficer: z.boolean().default(false).meta({
      description:
        'The applicant is a near relative of an officer or village cadre (registered apart, 0.3.5).',
    }),
    urgent: z.boolean().default(false).meta({
      description: 'The household cannot get by until the decision: temporary relief is told at once (A19).',
    }),
    citizenId: z.string().max(128).optional().meta({
      description:
        'The account by which the applicant sees his application; a citizen’s own is taken by itself.',
    }),
    draft: z.boolean().default(false).meta({ description: 'Keep it without submitting it yet.' }),
  })
  .superRefine(personsFit)
  .meta({ examples: [sampleSubmission] });

export const Amendment = z
  .object({
    household: HouseholdFacts.optional(),
    persons: Persons.optional().meta({
      description: 'All of them, with the household; left out, they stay.',
    }),
    account: WrittenAccount.optional(),
    documents: Papers.optional().meta({ description: 'Added to those that are there.' }),
    relatedToOfficer: z.boolean().optional(),
    submit: z
      .boolean()
      .default(false)
      .meta({ description: 'Submit the draft, or the papers that were asked for.' }),
    reason,
  })
  .superRefine(personsFit)
  .meta({
    examples: [
      {
        documents: [{ kind: 'application-form', sha256: 'c'.repeat(64) }],
        submit: true,
        reason: '补交申请表和核对授权书',
      },
    ],
  });

import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { masked } from '../../shared/request-parts.ts';
import {
  ApplicationState,
  Notice,
  Opinion,
  Paper,
  Reconsideration,
  StepName,
  StepTaken,
  VisitMark,
} from './application.ts';
import { Due } from './application-clock.ts';
import { CaseState } from './case.ts';
import { AidCode, RegisterProgramme } from './evaluation.ts';
import { HouseholdFacts } from './facts.ts';
import { Difference } from './income-check.ts';

/** What operations on applications answer. */

const applicationNo = z.string().meta({ examples: ['330702-SQ-2021-000001'] });

export const DueView = Due.extend({
  name: z.string().meta({ examples: ['调查并提出初审意见'] }),
  overdue: z.boolean(),
  certain: z.boolean().meta({
    description:
      'False when the holidays up to that day are not announced yet: counted by weekdays, to be confirmed.',
  }),
}).meta({ id: 'Due' });

/** Where an application stands after a command: nothing of it is personal, so it can be kept for a repeated request. */
export const ProgressView = z
  .object({
    applicationNo,
    state: ApplicationState,
    stateName: z.string(),
    areaCode: AreaCode,
    due: DueView.optional(),
    version: z.int(),
  })
  .meta({ id: 'ApplicationProgress' });

/** Of a person who applies: he is known already. A hint for the officer, not a refusal. */
export const KnownAlready = z
  .object({
    memberId: z.string(),
    code: z.enum(['IN_OPEN_APPLICATION', 'ON_REGISTER']),
    number: z.string().meta({ description: 'Of the other application, or of the case.' }),
    programme: RegisterProgramme.optional(),
    excludes: z.boolean().meta({
      description:
        'Whether the person must leave that programme before this application can be approved (B14).',
    }),
    text: z.string().meta({ description: 'In Chinese.' }),
  })
  .meta({ id: 'KnownAlready' });

export const SubmittedView = ProgressView.extend({
  notices: z.array(KnownAlready),
  missingDocuments: z
    .array(z.string())
    .meta({ description: 'In Chinese; needed before it is accepted (A04).' }),
}).meta({ id: 'SubmittedApplication' });

export const ApplicationView = ProgressView.extend({
  areaName: z.string(),
  headName: z.string(),
  persons: z.int().meta({ description: 'Counted members.' }),
  receivedOn: z.iso.date(),
  relatedToOfficer: z.boolean(),
  urgent: z.boolean(),
}).meta({ id: 'Application' });

const PersonView = z.object({
  memberId: z.string(),
  name: z.string(),
  identityNumber: masked('330702********1234'),
  phone: masked('138****1234').optional(),
});

export const ApplicationDetailView = ApplicationView.extend({
  household: HouseholdFacts,
  persons: z.int(),
  people: z.array(PersonView),
  account: z.object({ account: masked('****1234'), accountName: z.string(), bank: z.string() }).optional(),
  documents: z.array(Paper),
  missingDocuments: z.array(z.string()),
  check: z
    .object({
      requestId: z.string(),
      state: z.enum(['requested', 'returned']),
      validThrough: z.iso.date().optional(),
      differences: z.array(Difference),
      unanswered: z.array(z.string()).meta({ description: 'Registers that gave no answer, in Chinese.' }),
    })
    .optional(),
  visits: z.array(VisitMark),
  opinion: Opinion.optional(),
  publicity: z.object({ publicityId: z.string(), opensOn: z.iso.date(), endsOn: z.iso.date() }).optional(),
  objections: z.array(
    z.object({
      publicityId: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      text: z.string(),
      name: z.string().optional(),
      phone: masked('138****1234').optional(),
    }),
  ),
  decision: z
    .object({
      decision: z.enum(['approved', 'refused']),
      on: z.iso.date(),
      reasons: z.string(),
      by: z.string(),
      caseNo: z.string().optional(),
      letter: z.string().meta({ description: 'The letter to the applicant, in Chinese.' }),
    })
    .optional(),
  notice: Notice.optional(),
  reconsiderations: z.array(Reconsideration),
  steps: z.array(StepTaken.extend({ step: StepName, name: z.string() })),
}).meta({ id: 'ApplicationDetail' });

/** One entry of a town's list of what must be done. */
export const DueEntryView = z
  .object({
    kind: z.enum(['application', 'review', 'adjustment']),
    number: z.string().meta({ description: 'Of the application, the case or its change.' }),
    areaCode: AreaCode,
    date: z.iso.date(),
    what: z.string().meta({ examples: ['调查并提出初审意见'] }),
    overdue: z.boolean(),
    certain: z.boolean(),
  })
  .meta({ id: 'DueEntry' });

/** What the public sees of a household: fixed fields, never the record (rulebook 0.3.6, I.7). */
export const PublicityView = z
  .object({
    publicityId: z.string(),
    stage: z.enum(['proposed', 'approved']),
    headName: z.string().meta({ description: 'In full for adults; of a minor the surname only.' }),
    townName: z.string(),
    villageName: z.string(),
    programme: RegisterProgramme,
    programmeName: z.string(),
    persons: z.int(),
    amountFen: Fen,
    opensOn: z.iso.date().optional(),
    endsOn: z.iso.date().optional(),
    since: Month.optional().meta({ description: 'The first benefit month, of an approved household.' }),
    hotline: z.string(),
  })
  .meta({ id: 'Publicity' });

/** What a citizen sees of his own applications and cases. */
export const OwnView = z
  .object({
    kind: z.enum(['application', 'case']),
    number: z.string(),
    state: z.union([ApplicationState, CaseState]),
    stateName: z.string(),
    programme: RegisterProgramme.optional(),
    programmeName: z.string().optional(),
    since: z.string().meta({ description: 'The day it was received, or the first benefit month.' }),
  })
  .meta({ id: 'OwnRecord' });

export const OwnDetailView = OwnView.extend({
  headName: z.string(),
  persons: z.int(),
  amountFen: Fen.optional(),
  account: masked('****1234').optional(),
  due: DueView.optional(),
  missingDocuments: z.array(z.string()),
  history: z.array(z.object({ on: z.iso.date(), text: z.string() })),
  letter: z.string().optional(),
}).meta({ id: 'OwnRecordDetail' });

export const OpinionView = ProgressView.extend({
  opinion: Opinion.extend({ aid: AidCode.optional() }),
  publicity: z.object({ publicityId: z.string(), endsOn: z.iso.date() }).optional(),
}).meta({ id: 'GivenOpinion' });

import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { reason } from '../../shared/request-parts.ts';
import { Change } from './adjustment-change.ts';
import { Member } from './facts.ts';
import { WrittenAccount, WrittenPerson } from './identity.ts';

/** What an officer sends to propose a change of a case. */

export const proposers = ['township-clerk', 'district-clerk'] as const;

const Joining = WrittenPerson.extend({
  member: Member.omit({ memberId: true, sex: true, born: true }).refine(
    ({ relation }) => relation !== 'head',
    '户主变更请另行办理',
  ),
}).meta({ description: 'Somebody who joins the household; sex and birth date follow from the number.' });

export const Proposal = z
  .object({
    change: Change,
    joining: z.array(Joining).max(10).default([]),
    account: WrittenAccount.optional().meta({ description: 'Where the household is paid from now on.' }),
    from: Month.optional().meta({
      description:
        'The first benefit month; by default the next, and after a death the month that follows it (A65).',
    }),
    reportedOn: z.iso
      .date()
      .optional()
      .meta({ description: 'When the change was reported; defaults to today.' }),
    reason,
    documents: z
      .array(z.object({ kind: z.string().trim().min(1).max(40), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
      .max(30)
      .default([]),
  })
  .meta({
    id: 'AdjustmentProposal',
    examples: [
      {
        change: { cause: 'member-died', memberId: 'm2', on: '2021-05-20' },
        reason: '凭死亡医学证明办理',
      },
    ],
  });
export type Proposal = z.output<typeof Proposal>;

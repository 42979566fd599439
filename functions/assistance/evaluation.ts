import * as z from 'zod';
import { Step } from '../../shared/explanation.ts';
import { Month } from '../../shared/month.ts';

/** What one household gets of every programme, and why: a text that a person reads and a judge can check. */

/** The 大救助 catalogue that one application is evaluated for (一件事, C36). */
export const catalogue = [
  { code: 'destitute', name: '特困人员救助供养' },
  { code: 'dibao', name: '最低生活保障' },
  { code: 'dibao-single', name: '单人户低保' },
  { code: 'edge', name: '低保边缘家庭' },
  { code: 'rigid-expense', name: '刚性支出困难家庭' },
  { code: 'low-income', name: '低收入帮扶家庭' },
  { code: 'temporary-relief', name: '临时救助(支出型)' },
  { code: 'child', name: '困境儿童保障' },
  { code: 'home-adaptation', name: '困难老年人家庭适老化改造' },
] as const;
export const AidCode = z.enum(catalogue.map(({ code }) => code)).meta({ id: 'AidCode' });
export type AidCode = z.infer<typeof AidCode>;

/** What the register of this context holds; the other programmes have owners of their own, which are told. */
export const RegisterProgramme = z
  .enum(['dibao', 'destitute', 'edge', 'rigid-expense', 'low-income'])
  .meta({ id: 'RegisterProgramme' });
export type RegisterProgramme = z.infer<typeof RegisterProgramme>;

export const Verdict = z
  .object({
    programme: AidCode,
    name: z.string(),
    eligible: z.boolean(),
    amountFen: z.int().min(0).meta({ description: 'A month, if this context pays it; otherwise 0.' }),
    memberIds: z.array(z.string()).meta({ description: 'Whom it is for.' }),
    summary: z.string().meta({ description: 'In one Chinese sentence, with the deciding number.' }),
    steps: z.array(Step),
  })
  .meta({ id: 'Verdict' });
export type Verdict = z.output<typeof Verdict>;

export const Evaluation = z
  .object({
    month: Month,
    incomeFen: z.int().meta({ description: 'Counted income of the household a month.' }),
    perCapitaFen: z
      .int()
      .meta({ description: 'Rounded down to whole 分; comparisons use the exact quotient.' }),
    persons: z.int(),
    verdicts: z.array(Verdict),
    recommended: AidCode.optional().meta({
      description: 'The highest programme of the register the household is eligible for.',
    }),
  })
  .meta({ id: 'Evaluation' });
export type Evaluation = z.output<typeof Evaluation>;

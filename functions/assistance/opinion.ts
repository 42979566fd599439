import { monthOfDate, nextMonth } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Application } from './application.ts';
import { evaluate } from './evaluate.ts';
import { type AidCode, RegisterProgramme, type Verdict } from './evaluation.ts';

/** What is proposed for a household, and what still holds of it when it is decided on. */

/** The programme of the register that a form of help belongs to; undefined when another context owns it. */
export const programmeOf = (aid: AidCode): RegisterProgramme | undefined =>
  aid === 'dibao-single' ? 'dibao' : RegisterProgramme.safeParse(aid).data;

export type Proposal = {
  readonly aid: AidCode;
  readonly programme: RegisterProgramme;
  readonly verdict: Verdict;
  readonly amountFen: Verdict['amountFen'];
  readonly persons: number;
};

/**
 * The verdict of one programme of the register, or of the one the evaluation recommends; undefined when there is none to
 * propose. The month is the first benefit month if it were approved on `date` (A06).
 */
export const proposalOn = (
  { facts }: Pick<Application, 'facts'>,
  wanted: AidCode | undefined,
  date: string,
  parameters: ParameterSet,
): {
  readonly month: ReturnType<typeof nextMonth>;
  readonly proposal: Proposal | undefined;
  readonly verdicts: readonly Verdict[];
} => {
  const month = nextMonth(monthOfDate(date));
  const { verdicts, recommended } = evaluate(facts, month, parameters);
  const aid = wanted ?? recommended;
  const verdict = verdicts.find(({ programme }) => programme === aid);
  const programme = verdict && programmeOf(verdict.programme);
  const proposal =
    verdict && programme
      ? {
          aid: verdict.programme,
          programme,
          verdict,
          amountFen: verdict.amountFen,
          persons: verdict.memberIds.length,
        }
      : undefined;
  return { month, proposal, verdicts };
};

/** The programmes of other owners that the household may get (一件事, C36). */
export const referralsOf = (verdicts: readonly Verdict[]): AidCode[] =>
  verdicts
    .filter(({ eligible, programme }) => eligible && programmeOf(programme) === undefined)
    .map(({ programme }) => programme);

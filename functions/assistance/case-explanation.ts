import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Determination, ReasonCode } from './determination.ts';
import { evaluate } from './evaluate.ts';
import type { AidCode, Verdict } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';

/** What the rules say of one programme, with every step. */
export const verdictFor = (
  facts: HouseholdFacts,
  aid: AidCode,
  month: Month,
  parameters: ParameterSet,
): Verdict => {
  const verdict = evaluate(facts, month, parameters).verdicts.find(({ programme }) => programme === aid);
  if (!verdict) throw new Error(`The catalogue has no ${aid}.`);
  return verdict;
};

const withoutReckoning: ReadonlySet<ReasonCode> = new Set(['gave-up', 'fraud', 'merged']);

const remarkOn = ({ reason, kind }: Determination): string => {
  if (reason === 'register')
    return '金额按原有名册登记,首次复核前照此发放;本页为按现有资料重新核算的结果,供复核参考。';
  if (kind === 'stop' && withoutReckoning.has(reason))
    return '停发原因与收入、财产核算无关,不以核算结果为准。';
  return '按作出决定时的资料和标准,该月的核算结果与已生效的决定不一致,请复核。';
};

/** Whether the reckoning comes to what was determined, and if not, why that may be. Nothing is smoothed over. */
export const comparedWith = (
  determination: Determination,
  { eligible, amountFen }: Verdict,
): { readonly agrees: boolean; readonly remark?: string } => {
  const agrees =
    determination.kind === 'stop' ? !eligible : eligible && amountFen === determination.amountFen;
  return agrees ? { agrees } : { agrees, remark: remarkOn(determination) };
};

import { inParallel, queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type Counted, campaignProposal, countedIn, isIncluded, standingIn } from './campaign.ts';
import type { Case } from './case.ts';
import { findCases, findFacts } from './case-store.ts';
import { rulesFor } from './rules.ts';
import type { Campaign, Sweep } from './sweep.ts';
import type { Proposal } from './sweep-block.ts';
import { keys } from './table.ts';

/** Reads that wait for each other would take a large register half an hour. */
const READS_AT_ONCE = 16;

type Frozen = { readonly sweep: Sweep; readonly campaign: Campaign; readonly parameters: ParameterSet };

/** A case as it stood in the campaign's month by what was known when the campaign began: the same whenever it is asked. */
const countedAt = async (
  table: Table,
  known: Case,
  { sweep, campaign, parameters }: Frozen,
): Promise<Counted | undefined> => {
  const standing = standingIn(known, campaign.registerMonth, sweep.asOf);
  if (!standing) return undefined;
  const facts =
    standing.factsVersion === known.factsVersion
      ? known.facts
      : await findFacts(table, known.caseNo, standing.factsVersion);
  return facts && countedIn(known, facts, rulesFor(parameters, campaign.registerMonth));
};

/** The other cases that the persons of a case are in. */
const othersOf = async (table: Table, own: Counted, frozen: Frozen): Promise<Counted[]> => {
  const numbers = new Set<string>();
  for (const person of Object.values(own.persons)) {
    const { pk, prefix } = keys.casesOfPerson(person);
    for await (const item of queryAll(table, within(pk, prefix)))
      numbers.add(String(item.sk).slice(prefix.length));
  }
  numbers.delete(own.caseNo);
  const others = await findCases(table, [...numbers]);
  const counted = await Promise.all(others.map((other) => countedAt(table, other, frozen)));
  return counted.flatMap((other) => other ?? []);
};

/** What the cases of a shard get, each person counted in one case only, whichever shards his cases are in. */
export const planCampaign = async (
  table: Table,
  cases: readonly Case[],
  frozen: Frozen,
): Promise<Proposal[]> => {
  const proposals: Proposal[] = [];
  await inParallel(cases, READS_AT_ONCE, async (known) => {
    if (!isIncluded(frozen.campaign, known)) return;
    const own = await countedAt(table, known, frozen);
    if (!own) return;
    const proposal = campaignProposal(frozen.campaign, own, await othersOf(table, own, frozen));
    if (proposal) proposals.push(proposal);
  });
  return proposals;
};

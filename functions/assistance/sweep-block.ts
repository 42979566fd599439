import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { jsonText } from '../../shared/json-text.ts';
import { RegisterProgramme } from './evaluation.ts';
import type { PlannedTotals } from './sweep-totals.ts';
import { keys } from './table.ts';

/** What a sweep proposes for one household, for officers to look at before they approve. */

/** Why a household is listed apart. */
export const Apart = z.enum(['falls', 'ends', 'dibao']).meta({ id: 'SweepApart' });
export type Apart = z.infer<typeof Apart>;
export const apartNames: Readonly<Record<Apart, string>> = {
  falls: '重新核定后金额减少,须人工复核',
  ends: '按新标准不再符合条件,须人工复核',
  dibao: '按新标准符合低保条件,建议告知其申请',
};

export const Proposal = z.object({
  caseNo: z.string(),
  areaCode: AreaCode,
  programme: RegisterProgramme,
  /** Of the case, as it was read. */
  version: z.int(),
  persons: z.int(),
  beforeFen: z.int(),
  afterFen: z.int(),
  /** Members whom the full amount reaches, or whom aid once counts. */
  members: z.array(z.string()).optional(),
  apart: Apart.optional(),
});
export type Proposal = z.output<typeof Proposal>;

/** One item for so many households, three groups of applying: some 45 kB, where an item each would cost as many write units. */
const BLOCK_HOUSEHOLDS = 264;

export type BlockList = 'APPLY' | 'APART';
/** Where the blocks of a shard are: the attempt whose shard was recorded, and how many of each list it wrote. */
export type ShardBlocks = { readonly attempt: string; readonly apply: number; readonly apart: number };

const listOf = ({ apart }: Proposal): BlockList => (apart ? 'APART' : 'APPLY');

/** Where a page of proposals goes on in a shard: the next household of the next block. */
export const ProposalPlace = z.object({
  block: z.int().min(0).default(0),
  index: z.int().min(0).default(0),
});
export type ProposalPlace = z.output<typeof ProposalPlace>;

/** The blocks of a shard. They are written under the attempt's own key, so two attempts at one shard cannot mix. */
export const blockItems = (
  sweepId: string,
  shard: number,
  attempt: string,
  proposals: readonly Proposal[],
): { readonly items: Item[]; readonly blocks: ShardBlocks } => {
  const items: Item[] = [];
  const counts = { APPLY: 0, APART: 0 };
  for (const list of ['APPLY', 'APART'] as const) {
    const listed = proposals
      .filter((proposal) => listOf(proposal) === list)
      .toSorted((a, b) => (`${a.areaCode}#${a.caseNo}` < `${b.areaCode}#${b.caseNo}` ? -1 : 1));
    for (let start = 0; start < listed.length; start += BLOCK_HOUSEHOLDS) {
      // One text, because two hundred maps would cost three times the write units.
      const text = JSON.stringify(listed.slice(start, start + BLOCK_HOUSEHOLDS));
      items.push({ ...keys.sweepBlock(sweepId, shard, attempt, list, counts[list]++), proposals: text });
    }
  }
  return { items, blocks: { attempt, apply: counts.APPLY, apart: counts.APART } };
};

const Proposals = jsonText(z.array(Proposal));

export const readBlock = async (
  table: Table,
  sweepId: string,
  shard: number,
  { attempt }: ShardBlocks,
  list: BlockList,
  block: number,
): Promise<Proposal[]> => {
  const item = await getItem(table, keys.sweepBlock(sweepId, shard, attempt, list, block));
  if (!item) throw new Error(`Block ${block} of shard ${shard} of ${sweepId} is not there.`);
  return Proposals.parse(item.proposals);
};

export const plannedOf = ({ apart, persons, beforeFen, afterFen }: Proposal): Partial<PlannedTotals> =>
  apart
    ? { apartHouseholds: 1, apartBeforeFen: beforeFen, apartAfterFen: afterFen }
    : { households: 1, persons, beforeFen, afterFen };

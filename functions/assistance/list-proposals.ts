import { type AreaCode, covers } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import type { Table } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Sweep } from './sweep.ts';
import { type BlockList, type Proposal, ProposalPlace, readBlock } from './sweep-block.ts';
import { listProposals } from './sweep-routes.ts';
import { findPlannedShard, findSweep } from './sweep-store.ts';
import { viewProposal } from './sweep-view.ts';

type ShardPage = { readonly items: readonly Proposal[]; readonly next: ProposalPlace | undefined };
const NOTHING: ShardPage = { items: [], next: undefined };

/** Of one block, from a place on, the households of an area; and where to go on in the shard. */
const pageOfShard = async (
  table: Table,
  { sweepId }: Sweep,
  wanted: { readonly list: BlockList; readonly area: AreaCode; readonly limit: number },
  shard: number,
  { block, index }: ProposalPlace,
): Promise<ShardPage> => {
  const planned = await findPlannedShard(table, sweepId, shard);
  if (!planned) return NOTHING;
  const { blocks } = planned;
  const count = wanted.list === 'APART' ? blocks.apart : blocks.apply;
  if (block >= count) return NOTHING;
  const ofArea = (await readBlock(table, sweepId, shard, blocks, wanted.list, block))
    .map((proposal, at) => ({ proposal, at }))
    .filter(({ proposal, at }) => at >= index && covers(wanted.area, proposal.areaCode));
  const items = ofArea.slice(0, wanted.limit).map(({ proposal }) => proposal);
  const more = ofArea[wanted.limit];
  if (more) return { items, next: { block, index: more.at } };
  return { items, next: block + 1 < count ? { block: block + 1, index: 0 } : undefined };
};

/** Proposals, shard after shard and block after block; of every block only the households of the area asked for. */
export const listProposalsHandler = (deps: HttpDeps) =>
  handle(listProposals, deps, async ({ params, query, officer }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const sweep = await findSweep(deps.table, params.sweepId);
    if (!sweep) return refuse('SWEEP_NOT_FOUND');
    const list = query.list === 'apart' ? 'APART' : 'APPLY';
    const { items, next } = await walkPartitions(
      sweep.shards,
      query.cursor ?? { at: 0 },
      query.limit,
      (shard, limit, start) =>
        pageOfShard(deps.table, sweep, { list, area, limit }, shard, ProposalPlace.parse(start ?? {})),
      sweep.shards,
    );
    return reply(200, { items: items.map(viewProposal), next: cursorText(next) });
  });

export const handler = composed(() => listProposalsHandler(httpDeps()));

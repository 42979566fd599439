import { RowResolved } from '../../events/disbursement.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { addTo, putOver, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Block, outcomeAt, parseLineKey, reverseOutcome, SETTLED } from './block.ts';
import { blockItem, blocksOfFile } from './file-store.ts';
import type { UnmatchedRow } from './return.ts';
import { resolveRow } from './return-routes.ts';
import { findReturn, findRow, rowItem } from './return-store.ts';
import { viewRow } from './return-view.ts';
import { findRun, moveInTowns } from './run-store.ts';
import { keys } from './table.ts';
import { moves } from './totals.ts';

const sentBack = ({ code, resultCode = SETTLED }: UnmatchedRow) =>
  code === 'CONTRADICTS' && resultCode !== SETTLED;

/** The block in which a row's line stands settled while the row says it came back; undefined when it is not such a row. */
const reversibleBlock = async (
  table: Table,
  fileName: string,
  row: UnmatchedRow,
): Promise<Block | undefined> => {
  if (!sentBack(row) || row.seq === undefined) return undefined;
  for await (const block of blocksOfFile(table, fileName)) {
    const index = row.seq - block.firstSeq;
    if (index >= block.lines.length) continue;
    return outcomeAt(block, index)?.resultCode === SETTLED ? block : undefined;
  }
  return undefined;
};

const reversal = (table: Table, block: Block, row: UnmatchedRow): Write[] => {
  const index = (row.seq ?? 0) - block.firstSeq;
  const fen = block.amounts[index] ?? 0;
  const town: AreaCode = townOf(parseLineKey(block.lines[index] ?? '').areaCode);
  const { resultCode = '', bankSerial = '', postedAt = '' } = row;
  return [
    // A run that is being closed meanwhile must not lose a returned line.
    {
      ConditionCheck: {
        TableName: table.name,
        Key: keys.run(block.runId),
        ConditionExpression: '#state = :issued',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':issued': 'issued' },
      },
    },
    putOver(
      table,
      blockItem(reverseOutcome(block, index, { resultCode, bankSerial, postedAt })),
      block.version,
    ),
    ...moveInTowns(table, block.runId, new Map([[town, moves.reverse({ lines: 1, fen })]])),
    addTo(table, keys.file(block.fileName), { settledLines: -1, returnedLines: 1 }),
  ];
};

const reversedPayment = async (table: Table, block: Block, { seq = 0 }: UnmatchedRow) => {
  const run = await findRun(table, block.runId);
  if (!run) throw new Error(`A block of the unknown run ${block.runId}.`);
  const index = seq - block.firstSeq;
  const { runId, programme, month } = run;
  const line = parseLineKey(block.lines[index] ?? '');
  return { runId, programme, month, ...line, amountFen: block.amounts[index] ?? 0 };
};

/** An officer deals with a row that matched nothing. A payment the bank took back after posting becomes a returned line. */
export const resolveRowHandler = (deps: HttpDeps) =>
  handle(resolveRow, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const bankReturn = await findReturn(table, params.returnId);
    const row = await findRow(table, params.returnId, params.row);
    if (!row || bankReturn?.state !== 'imported') return refuse('ROW_NOT_FOUND');
    if (row.resolution) return refuse('ROW_RESOLVED');
    const reverses = body.resolution === 'reverse';
    const block = reverses ? await reversibleBlock(table, bankReturn.fileName ?? '', row) : undefined;
    if (reverses && !block) return refuse('ROW_NOT_REVERSIBLE');
    const reversed = block && (await reversedPayment(table, block, row));
    const resolved: UnmatchedRow = {
      ...row,
      resolution: body.resolution,
      resolutionReason: body.reason,
      resolvedBy: officer.id,
    };
    const data = {
      returnId: row.returnId,
      row: row.row,
      resolution: body.resolution,
      resolvedBy: officer.id,
      reversed,
    };
    const fact = { subject: `return/${row.returnId}`, which: `row-${row.row}`, at: now, correlationId, data };
    const answer = reply(200, viewRow(resolved));
    const outcome = await transact(table, [
      {
        Put: {
          TableName: table.name,
          Item: rowItem(resolved),
          ConditionExpression: 'attribute_not_exists(resolution)',
        },
      },
      ...(block ? reversal(table, block, row) : []),
      announce(table, happened(RowResolved, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => resolveRowHandler(httpDeps()));

import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in payments. Ids and changed facts only: no names, identity numbers, accounts or case narratives. */
const source = 'disbursement';

const fen = z.int();
const count = z.int().min(0);
const month = z.string().regex(/^\d{4}-\d{2}$/);
const officer = z.string().meta({ description: 'Officer id, or `schedule`.' });
const run = { runId: z.string(), programme: z.string(), month };
const amounts = z.object({ lines: count, amountFen: fen });

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `disbursement.${name}`, version: 1, source, summary, data: z.object(data) });

export const RosterReceived = define('roster-received', 'A roster file was handed in for import.', {
  rosterId: z.string(),
  receivedBy: officer,
});

export const EntitlementsRecorded = define(
  'entitlements-recorded',
  'New versions of entitlements were recorded, from a roster or by an officer.',
  {
    origin: z.string(),
    entitlements: z.array(
      z.object({ programme: z.string(), caseNo: z.string(), version: count, from: month, amountFen: fen }),
    ),
  },
);

export const RosterImported = define(
  'roster-imported',
  'Every row of a roster was recorded, unchanged or refused.',
  {
    rosterId: z.string(),
    rows: count,
    recorded: count,
    unchanged: count,
    refused: count,
  },
);

export const RosterRefused = define('roster-refused', 'A roster file could not be read as a roster at all.', {
  rosterId: z.string(),
});

export const RunOpened = define('run-opened', 'A run was opened and its roster frozen.', {
  ...run,
  kind: z.string(),
  openedBy: officer,
  shards: count,
});

export const ShardPlanned = define('shard-planned', 'The payment lines of one shard of a run were written.', {
  ...run,
  shard: count,
  ...amounts.shape,
});

export const RunPlanned = define('run-planned', 'All shards are planned; the run waits for approval.', {
  ...run,
  lines: count,
  persons: count,
  amountFen: fen,
  heldLines: count,
  heldFen: fen,
});

export const RunRejected = define('run-rejected', 'An approver sent a planned run back.', {
  ...run,
  rejectedBy: officer,
});

export const ApprovalGiven = define('approval-given', 'One approver agreed to a batch of a run.', {
  ...run,
  batch: count,
  approvedBy: officer,
});

export const BatchApproved = define(
  'batch-approved',
  'A batch has all approvals it needs; its files may be written.',
  {
    ...run,
    batch: count,
  },
);

export const FilesIssued = define(
  'files-issued',
  'The bank files of a batch were written and their hashes fixed.',
  {
    ...run,
    batch: count,
    files: z.array(
      z.object({ fileName: z.string(), bank: z.string(), lines: count, totalFen: fen, sm3: z.string() }),
    ),
  },
);

export const ReturnReceived = define('return-received', 'A return file of a bank was handed in.', {
  returnId: z.string(),
  receivedBy: officer,
});

export const ReturnsApplied = define(
  'returns-applied',
  'The bank answered for a block of lines of one file.',
  {
    ...run,
    returnId: z.string(),
    fileName: z.string(),
    settled: amounts,
    returned: amounts,
    settledLines: z
      .array(z.object({ caseNo: z.string(), areaCode: z.string(), amountFen: fen }))
      .optional()
      .meta({ description: 'What reached whom.' }),
    returnedLines: z.array(z.object({ lineId: z.string(), resultCode: z.string() })),
  },
);

export const ReturnImported = define(
  'return-imported',
  'Every row of a return file was applied or kept for a person.',
  {
    returnId: z.string(),
    rows: count,
    applied: count,
    repeated: count,
    unmatched: count,
  },
);

export const RowResolved = define(
  'row-resolved',
  'An officer dealt with a row of a return file that matched nothing.',
  {
    returnId: z.string(),
    row: count,
    resolution: z.string(),
    resolvedBy: officer,
    reversed: z
      .object({ ...run, caseNo: z.string(), areaCode: z.string(), amountFen: fen })
      .optional()
      .meta({ description: 'The payment that the bank took back after it had posted it.' }),
  },
);

export const LineDecided = define('line-decided', 'An officer decided on a held or returned line.', {
  ...run,
  lineId: z.string(),
  decision: z.string(),
  decidedBy: officer,
});

export const SupplementRequested = define(
  'supplement-requested',
  'An officer asked for a supplementary batch of the lines that can be paid by now.',
  { ...run, batch: count, requestedBy: officer },
);

export const SupplementPrepared = define(
  'supplement-prepared',
  'The lines of a supplementary batch were gathered.',
  {
    ...run,
    batch: count,
    ...amounts.shape,
  },
);

export const RunClosingRequested = define('run-closing-requested', 'An officer asked to close a run.', {
  ...run,
  requestedBy: officer,
});

export const RunClosed = define(
  'run-closed',
  'Every line is settled, withdrawn or carried over into the ledger.',
  {
    ...run,
    settledFen: fen,
    carriedLines: count,
    carriedFen: fen,
  },
);

export const LedgerEntryRecorded = define(
  'ledger-entry-recorded',
  'Arrears or a recovery were entered for a case.',
  {
    entryId: z.string(),
    programme: z.string(),
    caseNo: z.string(),
    kind: z.enum(['arrears', 'recovery']),
    amountFen: fen,
    months: z
      .array(z.object({ month, amountFen: fen }))
      .optional()
      .meta({
        description: 'The benefit months it settles, when a run reckoned it.',
      }),
    reckonedBy: z.string().optional().meta({
      description: 'The run that reckoned it; when that run is sent back, the entry is void.',
    }),
  },
);

export const PersonalDataShown = define(
  'personal-data-shown',
  'An officer saw sealed fields unmasked, for a stated reason.',
  {
    programme: z.string(),
    caseNo: z.string(),
    fields: z.array(z.string()),
    shownTo: officer,
  },
);

import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import { masked } from '../../shared/request-parts.ts';
import { Batch } from './batch.ts';
import { ChangeKind } from './change.ts';
import { AccountNotice } from './entitlement.ts';
import { LedgerEntry, LineComponent } from './ledger.ts';
import { ExceptionCode, HoldReason } from './line.ts';
import { Run } from './run.ts';
import { Totals } from './totals.ts';

/** What the API shows. Identity numbers, accounts and phones are masked (rulebook I.7); unmasking is an operation of its own. */

const RosterState = z.enum(['received', 'imported', 'refused']);
export const RosterView = z
  .object({
    rosterId: z.string(),
    fileName: z.string(),
    state: RosterState,
    receivedAt: z.iso.datetime(),
    receivedBy: z.string(),
    rows: z.int(),
    done: z.int().meta({ description: 'Rows dealt with so far.' }),
    recorded: z.int().meta({ description: 'Rows that made a new version.' }),
    unchanged: z.int(),
    refused: z.int(),
    problem: z.string().optional().meta({ description: 'Why the whole file was refused, in Chinese.' }),
  })
  .meta({ id: 'Roster' });
export type RosterView = z.infer<typeof RosterView>;

export const VersionView = z.object({
  version: z.int(),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string(),
  from: Month,
  to: Month.optional(),
  amountFen: Fen,
  persons: z.int(),
  areaCode: AreaCode,
});

export const EntitlementView = z
  .object({
    programme: ProgrammeCode,
    caseNo: z.string(),
    name: z.string(),
    identityNumber: masked('330702********1234'),
    phone: masked('138****1234').optional(),
    bank: z.string().optional(),
    account: masked('****1234').optional(),
    accountName: z.string().optional(),
    notices: z.array(AccountNotice),
    current: VersionView,
  })
  .meta({ id: 'Entitlement' });

/** The institution that a person lives in; it is paid for each month on the 1st of which he lived there. */
export const ResidenceView = z
  .object({
    creditCode: z.string(),
    admittedOn: z.iso.date(),
    bank: z.string().optional(),
    account: masked('****1234').optional(),
    accountName: z.string().optional(),
  })
  .meta({ id: 'Residence' });

export const LineState = z
  .enum(['held', 'unfiled', 'pending', 'settled', 'returned', 'withdrawn'])
  .meta({ id: 'LineState' });
export type LineState = z.infer<typeof LineState>;

const Decided = z
  .enum(['pay', 'withdraw'])
  .optional()
  .meta({ description: 'What an approver decided on it as it stands.' });

export const LineView = z
  .object({
    lineId: z.string(),
    batch: z.int().meta({ description: 'The batch that paid it last.' }),
    programme: ProgrammeCode,
    caseNo: z.string(),
    areaCode: AreaCode,
    name: z.string(),
    persons: z.int(),
    amountFen: z.int(),
    components: z.array(LineComponent),
    bank: z.string().optional(),
    account: masked('****1234').optional(),
    home: z
      .string()
      .optional()
      .meta({ description: 'Credit code of the institution that is paid for its resident (B11).' }),
    homeName: z.string().optional().meta({ description: 'Holder of the institution’s account.' }),
    holds: z.array(HoldReason),
    state: LineState,
    fileName: z.string().optional(),
    resultCode: z.string().optional(),
    postedAt: z.string().optional(),
    decision: Decided,
  })
  .meta({ id: 'Line' });

export const PaymentView = LineView.pick({
  lineId: true,
  batch: true,
  persons: true,
  amountFen: true,
  components: true,
  holds: true,
  home: true,
  state: true,
  resultCode: true,
  postedAt: true,
})
  .extend({ runId: z.string(), month: Month, kind: z.string() })
  .meta({ id: 'Payment' });

export const RunView = Run.omit({ version: true, openBatch: true, rejectedRuns: true })
  .extend({
    totals: Totals,
    balanced: z.boolean().meta({ description: 'Whether the equations of conservation hold now.' }),
    progress: z.object({ shardsDone: z.int(), shards: z.int() }).optional(),
  })
  .meta({ id: 'Run' });

export const BatchView = Batch.omit({ towns: true, version: true }).meta({ id: 'Batch' });

export const RunDetailView = RunView.extend({
  towns: z.array(z.object({ areaCode: AreaCode, areaName: z.string(), totals: Totals })),
  batchList: z.array(BatchView),
}).meta({ id: 'RunDetail' });

export const ExceptionView = z
  .object({
    lineId: z.string(),
    caseNo: z.string(),
    areaCode: AreaCode,
    code: ExceptionCode,
    detail: z.string(),
    amountFen: z.int(),
    state: LineState.optional().meta({ description: 'Where the money of the line stands.' }),
    decision: Decided,
  })
  .meta({ id: 'Exception' });

export const ChangeView = LineView.pick({
  lineId: true,
  programme: true,
  caseNo: true,
  areaCode: true,
  name: true,
})
  .extend({
    kind: ChangeKind,
    persons: z.int().optional(),
    amountFen: z.int().optional(),
    components: z.array(LineComponent).optional(),
    previousPersons: z.int().optional(),
    previousAmountFen: z.int().optional(),
  })
  .meta({ id: 'RunChange' });

export const EventView = z
  .object({
    id: z.string(),
    type: z.string(),
    time: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RecordedEvent' });

export const FileView = z
  .object({
    fileName: z.string(),
    batch: z.int(),
    batchNo: z.string(),
    bank: z.string(),
    lines: z.int(),
    totalFen: z.int(),
    sm3: z.string(),
    settledLines: z.int(),
    returnedLines: z.int(),
    pendingLines: z.int(),
  })
  .meta({ id: 'BankFile' });

const ReturnState = z.enum(['received', 'imported', 'refused']);
export const ReturnView = z
  .object({
    returnId: z.string(),
    uploadName: z.string(),
    state: ReturnState,
    receivedAt: z.iso.datetime(),
    receivedBy: z.string(),
    fileName: z.string().optional().meta({ description: 'The bank file it answers.' }),
    rows: z.int(),
    applied: z.int(),
    repeated: z.int().meta({ description: 'Rows that say again what was known.' }),
    unmatched: z.int().meta({ description: 'Rows kept for a person to look at.' }),
    problem: z.string().optional(),
  })
  .meta({ id: 'Return' });
export type ReturnView = z.infer<typeof ReturnView>;

export const UnmatchedRowView = z
  .object({
    row: z.int(),
    reason: z.string(),
    code: z.string(),
    seq: z.int().optional(),
    caseNo: z.string().optional(),
    amountFen: z.int().optional(),
    resultCode: z.string().optional(),
    resolution: z.string().optional(),
  })
  .meta({ id: 'UnmatchedRow' });

export const LedgerEntryView = LedgerEntry.omit({ version: true })
  .extend({ openFen: z.int().meta({ description: 'What no run has taken up yet.' }) })
  .meta({ id: 'LedgerEntry' });

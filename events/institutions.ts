import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in care institutions and in the money they keep for persons. Ids and facts only. */
const source = 'institutions';

const fen = z.int().min(0);
const count = z.int().min(0);
const day = z.iso.date();
const month = z.string().regex(/^\d{4}-\d{2}$/);
const officer = z.string().meta({ description: 'Officer id.' });
const home = { creditCode: z.string(), areaCode: z.string() };
const version = z
  .int()
  .min(1)
  .optional()
  .meta({ description: 'Of the resident: what happened with the higher one happened later.' });
const voucher = {
  ...home,
  voucherId: z.string(),
  kind: z.string(),
  month,
  persons: count,
  creditFen: fen,
  debitFen: fen,
};

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `institutions.${name}`, version: 1, source, summary, data: z.object(data) });

export const HomeRecorded = define('home-recorded', 'A care institution was recorded or changed.', {
  ...home,
  kind: z.string(),
  beds: count,
  state: z.string(),
});

export const HomeAccountProposed = define(
  'home-account-proposed',
  'Another account of an institution waits for a second officer.',
  { ...home, number: count, proposedBy: officer },
);

export const HomeAccountApproved = define(
  'home-account-approved',
  'A second officer agreed to the account that payments for residents of an institution go to.',
  {
    ...home,
    number: count.meta({
      description: 'Counts the changes of the account: the highest approved is in force.',
    }),
    proposedBy: officer,
    approvedBy: officer,
    handover: z
      .string()
      .meta({ description: 'Where the account was handed over, by credit code (ADR 0010).' }),
  },
);

export const HomeAccountRejected = define(
  'home-account-rejected',
  'A second officer sent the change of an account back.',
  { ...home, number: count, proposedBy: officer, rejectedBy: officer },
);

export const ResidentAdmitted = define('resident-admitted', 'A destitute person lives in an institution.', {
  ...home,
  caseNo: z.string(),
  admittedOn: day,
  version,
});

export const AbsenceRecorded = define(
  'absence-recorded',
  'A resident is away, or is known to be back, without leaving the institution.',
  { ...home, caseNo: z.string(), kind: z.string(), from: day, to: day.optional() },
);

export const ResidentDischarged = define(
  'resident-discharged',
  'A destitute person no longer lives in an institution.',
  { ...home, caseNo: z.string(), dischargedOn: day, reason: z.string(), version },
);

export const VoucherProposed = define('voucher-proposed', 'Entries wait for a second officer.', {
  ...voucher,
  preparedBy: officer,
});

export const VoucherPosted = define(
  'voucher-posted',
  'A second officer agreed, and every entry of a voucher stands in the books.',
  { ...voucher, preparedBy: officer, approvedBy: officer },
);

export const VoucherRejected = define('voucher-rejected', 'A second officer sent entries back.', {
  ...voucher,
  preparedBy: officer,
  rejectedBy: officer,
});

export const HomeReconciled = define(
  'home-reconciled',
  'The books of an institution were compared with its bank, its residents and what was determined for them.',
  {
    ...home,
    quarter: z.string(),
    ledgerFen: fen,
    statementFen: fen,
    openFindings: count,
    reconciledBy: officer,
  },
);

export const FindingExplained = define(
  'finding-explained',
  'An officer other than who reconciled accepted the explanation of a finding.',
  { ...home, quarter: z.string(), findingId: z.string(), code: z.string(), explainedBy: officer },
);

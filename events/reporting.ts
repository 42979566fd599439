import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened to reports and targets. They hold figures and no persons. */
const source = 'reporting';

const officer = z.string().meta({ description: 'Officer id.' });
const report = { reportId: z.string(), period: z.string(), areaCode: z.string() };

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `reporting.${name}`, version: 1, source, summary, data: z.object(data) });

export const ReportPrepared = define(
  'report-prepared',
  'An officer had a report written from what is recorded.',
  {
    ...report,
    filled: z.int().meta({ description: 'Figures that are there.' }),
    total: z.int(),
    preparedBy: officer,
  },
);

export const ReportIssued = define(
  'report-issued',
  'A second officer issued a report; it is frozen, and stands in the place of an older one.',
  {
    ...report,
    sha256: z.record(z.string(), z.string()).meta({ description: 'By file.' }),
    supersedes: z.string().optional(),
    issuedBy: officer,
  },
);

export const ReportWithdrawn = define('report-withdrawn', 'A report was withdrawn before it was issued.', {
  ...report,
  withdrawnBy: officer,
});

export const RecountAsked = define('recount-asked', 'An officer had all figures counted anew.', {
  recountId: z.string(),
  askedBy: officer,
});

const target = { targetId: z.string(), areaCode: z.string() };

export const TargetProposed = define('target-proposed', 'A target waits for a second officer.', {
  ...target,
  plan: z.int(),
  dueOn: z.iso.date(),
  indicatorId: z.string().optional(),
  proposedBy: officer,
});

export const TargetDecided = define('target-decided', 'A second officer agreed to a target, or did not.', {
  ...target,
  decision: z.enum(['approve', 'reject']),
  decidedBy: officer,
});

export const ProgressReported = define(
  'progress-reported',
  'An officer reported how far a target is that no figure measures.',
  { ...target, value: z.int(), on: z.iso.date(), source: z.string(), reportedBy: officer },
);

import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { DeterminationsMade } from '../../events/assistance.ts';
import { ReturnsApplied } from '../../events/disbursement.ts';
import { type Envelope, happened } from '../../shared/event.ts';

/** Events for tests of figures: two towns of the district, one moment. */

export const DISTRICT = '330702000000';
export const TOWN = '330702100000';
export const VILLAGE = '330702100200';
export const OTHER = '330702101201';
export const AT = '2021-06-20T02:30:00.000Z';

export const batchOf = (events: readonly Envelope[]): SQSEvent => ({
  Records: events.map(
    (detail, index) => ({ messageId: String(index), body: JSON.stringify({ detail }) }) as SQSRecord,
  ),
});
type Told = { caseNo?: string; areaCode?: string; amountFen?: number; persons?: number; number?: number };
export const determined = (
  kind: 'new' | 'increase' | 'stop',
  from: string,
  { caseNo = 'A', areaCode = VILLAGE, amountFen = 90_000, persons = 2, number = 1 }: Told = {},
  before?: { amountFen: number; persons: number; areaCode?: string },
  reason = 'application',
): Envelope =>
  happened(DeterminationsMade, {
    subject: `case/${caseNo}`,
    which: String(number),
    at: AT,
    correlationId: 'c',
    data: {
      origin: 'test',
      determinations: [
        {
          programme: 'dibao',
          ...{ caseNo, number, kind, reason, from, amountFen, persons, areaCode },
          ...(before ? { before } : {}),
        },
      ],
    },
  });

export const settled = (
  which: string,
  lines: readonly { caseNo: string; areaCode: string; amountFen: number }[],
) =>
  happened(ReturnsApplied, {
    subject: 'run/2021-05-dibao-regular',
    which,
    at: AT,
    correlationId: 'c',
    data: {
      ...{
        runId: '2021-05-dibao-regular',
        programme: 'dibao',
        month: '2021-05',
        returnId: 'r',
        fileName: 'f',
      },
      settled: { lines: lines.length, amountFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0) },
      settledLines: [...lines],
      returned: { lines: 0, amountFen: 0 },
      returnedLines: [],
    },
  });

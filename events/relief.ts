import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in temporary relief. Ids and changed facts only: no names, identity numbers or case narratives. */
const source = 'relief';

const fen = z.int();
const month = z.string().regex(/^\d{4}-\d{2}$/);
const officer = z.string().meta({ description: 'Officer id.' });
const ofCase = { caseNo: z.string(), areaCode: z.string() };
const ofReserve = {
  areaCode: z.string().meta({ description: 'The township.' }),
  year: z.int().meta({ description: 'The budget year of the reserve.' }),
};

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `relief.${name}`, version: 1, source, summary, data: z.object(data) });

export const ReliefGranted = define(
  'relief-granted',
  'A relief case was approved for payment through the bank.',
  {
    caseNo: z.string(),
    month: month.meta({ description: 'The month whose relief run pays it.' }),
    amountFen: fen,
    persons: z.int().min(1),
    areaCode: z.string(),
    handover: z.string().meta({ description: 'The object that tells payments who is paid and where to.' }),
  },
);

export const CaseMoved = define('case-moved', 'A relief case took a step of its procedure.', {
  ...ofCase,
  kind: z.string(),
  step: z.string().meta({ description: 'What was done, e.g. `survey`, `objection`.' }),
  state: z.string().meta({ description: 'The state the case is in since.' }),
  by: officer,
});

export const ReliefDecided = define('relief-decided', 'A relief case was approved or refused.', {
  ...ofCase,
  approved: z.boolean(),
  level: z.string().meta({ description: 'township, district or leader.' }),
  month,
  amountFen: fen.meta({ description: 'Nothing when it was refused.' }),
  persons: z.int().min(1),
  by: officer,
});

export const ReliefGiven = define('relief-given', 'Relief was paid from the reserve of a township.', {
  ...ofCase,
  entryId: z.string(),
  year: z.int().meta({ description: 'The budget year of the reserve.' }),
  month,
  amountFen: fen,
  persons: z.int().min(1),
  method: z.string(),
  inAdvance: z.boolean().meta({ description: 'Before check and publicity (先行救助).' }),
  by: officer,
});

export const ReliefRefunded = define('relief-refunded', 'Relief came back to the reserve of a township.', {
  ...ofCase,
  entryId: z.string(),
  year: z.int(),
  amountFen: fen,
  by: officer,
});

export const PersonalDataShown = define(
  'personal-data-shown',
  'An officer saw sealed fields of a relief case unmasked, for a stated reason.',
  { caseNo: z.string(), fields: z.array(z.string()), shownTo: officer },
);

export const ReserveMovementProposed = define(
  'reserve-movement-proposed',
  'An allotment, replenishment or recall of a township’s reserve waits for a second officer.',
  { ...ofReserve, movementId: z.string(), kind: z.string(), amountFen: fen, by: officer },
);

export const ReserveMoved = define(
  'reserve-moved',
  'The district gave money to a township’s reserve or took it back.',
  {
    ...ofReserve,
    movementId: z.string(),
    kind: z.string().meta({ description: 'allot, replenish or recall.' }),
    amountFen: fen,
    priorYear: z
      .boolean()
      .meta({ description: 'Of a budget year that was over: a recall of carry-over (历年结余).' }),
    proposedBy: officer,
    approvedBy: officer,
  },
);

export const ReserveMovementRejected = define(
  'reserve-movement-rejected',
  'A second officer did not agree to a movement of a reserve.',
  { ...ofReserve, movementId: z.string(), by: officer },
);

export const ReserveReconciled = define(
  'reserve-reconciled',
  'The books of a township’s reserve were compared with its bank statement.',
  {
    areaCode: z.string(),
    month,
    bookFen: fen,
    bankFen: fen,
    differenceFen: fen.meta({ description: 'Bank less book; may be negative.' }),
    by: officer,
  },
);

export const InspectionOpened = define(
  'inspection-opened',
  'The relief of a township in a period is being inspected.',
  {
    inspectionId: z.string(),
    areaCode: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    cases: z.int(),
    by: officer,
  },
);

export const FindingMoved = define('finding-moved', 'A finding was recorded, answered, reopened or closed.', {
  findingId: z.string(),
  areaCode: z.string(),
  state: z.string(),
  by: officer,
});

import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Finding } from './finding.ts';
import { CheckCode, Inspection } from './inspection.ts';
import { Entry, Movement, Reconciliation, Reserve } from './reserve.ts';

/** What the API shows of reserves, inspections and findings; nothing of it names a person. */

export const ReserveView = Reserve.omit({ holder: true })
  .extend({
    areaCode: AreaCode,
    areaName: z.string(),
    balanced: z.boolean().meta({ description: 'Whether balance and counters agree.' }),
  })
  .meta({ id: 'ReliefReserve' });

export const ReserveOverview = z
  .object({
    reserves: z.array(ReserveView),
    balanceFen: z.int().meta({ description: 'Of the reserves shown.' }),
    balanced: z
      .boolean()
      .optional()
      .meta({ description: 'For the district: whether all accounts of every year together are nothing.' }),
  })
  .meta({ id: 'ReliefReserveOverview' });

const { town: _town, ...entryFields } = Entry.shape;
const EntryView = z
  .object({
    ...entryFields,
    kindName: z.string(),
    balanceFen: z.int().meta({ description: 'After the entry.' }),
  })
  .meta({ id: 'ReliefReserveEntry' });

export const ReconciliationView = Reconciliation.omit({ town: true, version: true })
  .extend({ areaCode: AreaCode })
  .meta({ id: 'ReliefReconciliation' });

export const StatementView = z
  .object({
    areaCode: AreaCode,
    year: z.int(),
    from: z.iso.date(),
    to: z.iso.date(),
    openingFen: z.int(),
    closingFen: z.int(),
    sums: z.object({
      allot: z.int(),
      replenish: z.int(),
      spend: z.int(),
      refund: z.int(),
      recall: z.int(),
    }),
    entries: z.array(EntryView),
    reconciliations: z.array(ReconciliationView),
  })
  .meta({ id: 'ReliefReserveStatement' });

export const MovementView = Movement.omit({ town: true, version: true })
  .extend({ areaCode: AreaCode, kindName: z.string() })
  .meta({ id: 'ReliefReserveMovement' });

export const RecallView = z
  .object({ items: z.array(MovementView), amountFen: Fen, alreadyProposed: z.int() })
  .meta({ id: 'ReliefRecallProposal' });

export const FindingView = Finding.omit({ town: true, version: true })
  .extend({ areaCode: AreaCode, stateName: z.string(), overdue: z.boolean() })
  .meta({ id: 'ReliefFinding' });

export const InspectionView = Inspection.omit({ town: true, version: true, checks: true, findings: true })
  .extend({
    areaCode: AreaCode,
    checks: z.array(
      z.object({ check: CheckCode, title: z.string(), checked: z.int(), failed: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'ReliefInspection' });

import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { masked } from '../../shared/request-parts.ts';
import { Home } from './home.ts';
import { AccountChange } from './home-account.ts';
import { Entry, Purpose } from './ledger.ts';
import { Finding, Reconciliation } from './reconciliation.ts';
import { Absence, Stay } from './stay.ts';
import { Voucher, VoucherLine } from './voucher.ts';

/** What the API shows. Names of persons are shown in full to officers (rulebook I.7, staff list) and sealed at rest. */

const fen = z.int();

export const HomeView = Home.omit({ version: true })
  .extend({
    areaName: z.string(),
    kindName: z.string(),
    occupied: z.int().meta({ description: 'Destitute persons who live there now.' }),
    fundFen: fen.meta({ description: 'What it keeps for persons, in its custody account.' }),
  })
  .meta({ id: 'CareHome' });

const AccountChangeView = AccountChange.extend({
  stateName: z.string(),
  account: masked('****1234'),
}).meta({ id: 'HomeAccountChange' });
export const HomeAccountView = z
  .object({
    creditCode: z.string(),
    inForce: AccountChangeView.optional().meta({ description: 'Payments go there now.' }),
    changes: z.array(AccountChangeView),
  })
  .meta({ id: 'HomeAccount' });

const StayView = Stay.omit({ areaCode: true })
  .extend({
    reasonName: z.string().optional(),
    absences: z.array(Absence.extend({ kindName: z.string() })),
  })
  .meta({ id: 'Stay' });

/** A resident without the person: what a command may answer and keep. */
export const ResidentRecord = z
  .object({ caseNo: z.string(), creditCode: z.string(), livesHere: z.boolean(), stays: z.array(StayView) })
  .meta({ id: 'ResidentRecord' });
export const BedDaysView = z
  .object({ month: Month, occupied: z.int(), hospital: z.int(), leave: z.int() })
  .meta({ id: 'BedDays' });
export const ResidentView = ResidentRecord.extend({
  name: z.string(),
  balanceFen: fen.meta({ description: 'What the institution keeps for the person.' }),
}).meta({ id: 'Resident' });

const named = { purposeName: z.string(), counterpartyName: z.string(), documentName: z.string() };
export const VoucherView = Voucher.omit({ version: true, residents: true, lines: true })
  .extend({
    kindName: z.string(),
    persons: z.int(),
    creditFen: fen,
    debitFen: fen,
    shortFen: fen.meta({ description: 'What balances did not cover; it is not booked and not carried.' }),
    lines: z.array(VoucherLine.extend(named)),
  })
  .meta({ id: 'Voucher' });

export const EntryView = Entry.omit({ creditCode: true, caseNo: true })
  .extend({ ...named, side: z.enum(['credit', 'debit']) })
  .meta({ id: 'LedgerEntryOfResident' });

export const ResidentStatementView = z
  .object({
    caseNo: z.string(),
    creditCode: z.string(),
    name: z.string(),
    from: Month,
    to: Month,
    openingFen: fen,
    closingFen: fen,
    bedDays: z.array(BedDaysView),
    entries: z.array(EntryView),
  })
  .meta({ id: 'ResidentStatement' });

export const HomeStatementView = z
  .object({
    creditCode: z.string(),
    homeName: z.string(),
    areaCode: AreaCode,
    month: Month,
    openingFen: fen,
    movements: z.array(
      z.object({
        purpose: Purpose,
        purposeName: z.string(),
        side: z.enum(['credit', 'debit']),
        amountFen: fen,
      }),
    ),
    creditFen: fen,
    debitFen: fen,
    closingFen: fen,
    fundFen: fen.meta({ description: 'The custody account now.' }),
    personsFen: fen.meta({ description: 'All balances of persons now, added up.' }),
    balanced: z
      .boolean()
      .meta({ description: 'Whether the two are the same; they must be at every moment.' }),
  })
  .meta({ id: 'HomeStatement' });

export const FindingView = Finding.extend({ codeName: z.string() }).meta({ id: 'ReconciliationFinding' });
export const ReconciliationView = Reconciliation.omit({ version: true, findings: true })
  .extend({
    openFindings: z.int(),
    differenceFen: fen.meta({ description: 'Statement less ledger.' }),
    findings: z.array(FindingView),
  })
  .meta({ id: 'Reconciliation' });

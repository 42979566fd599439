import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount } from '../../shared/mask.ts';
import { type Home, homeKindNames, homeSubject } from './home.ts';
import { type AccountChange, accountInForce, accountStateNames, type HomeAccount } from './home-account.ts';
import type { Standing } from './home-store.ts';
import { counterpartyNames, documentKindNames, type Entry, type Line, purposes } from './ledger.ts';
import { type Finding, findingNames, type Reconciliation } from './reconciliation.ts';
import {
  absenceKindNames,
  dischargeReasonNames,
  lastStay,
  livesIn,
  type Resident,
  residentOwner,
} from './stay.ts';
import type {
  EntryView,
  FindingView,
  HomeAccountView,
  HomeView,
  ReconciliationView,
  ResidentRecord,
  VoucherView,
} from './views.ts';
import { totalsOf, type Voucher, voucherKindNames } from './voucher.ts';

export const viewHome = (
  { version: _, ...home }: Home,
  { occupied, fundFen }: Standing,
): z.input<typeof HomeView> => ({
  ...home,
  areaName: areaName(home.areaCode),
  kindName: homeKindNames[home.kind],
  occupied,
  fundFen,
});

/** An institution's account with its changes, newest first; numbers masked. `known` is undefined when none was ever proposed. */
export const viewHomeAccount = (
  creditCode: string,
  known: HomeAccount | undefined,
  seals: Seals,
): z.input<typeof HomeAccountView> => {
  const view = (change: AccountChange) => ({
    ...change,
    stateName: accountStateNames[change.state],
    account: maskAccount(seals.open(homeSubject(creditCode), 'account', change.account)),
  });
  const inForce = known && accountInForce(known);
  return {
    creditCode,
    inForce: inForce && view(inForce),
    changes: (known?.changes ?? []).map(view).toReversed(),
  };
};

export const recordOfResident = (resident: Resident): z.input<typeof ResidentRecord> => ({
  caseNo: resident.caseNo,
  creditCode: lastStay(resident).creditCode,
  livesHere: livesIn(resident),
  stays: resident.stays.map(({ areaCode: _, ...stay }) => ({
    ...stay,
    absences: stay.absences.map((absence) => ({ ...absence, kindName: absenceKindNames[absence.kind] })),
    reasonName: stay.reason && dischargeReasonNames[stay.reason],
  })),
});

export const nameOf = ({ caseNo, name }: Resident, seals: Seals): string =>
  seals.open(residentOwner(caseNo), 'name', name);

const namesOf = ({
  purpose,
  counterparty,
  document,
}: Pick<Line, 'purpose' | 'counterparty' | 'document'>) => ({
  documentName: documentKindNames[document.kind],
  purposeName: purposes[purpose].name,
  counterpartyName: counterpartyNames[counterparty],
});

export const viewVoucher = ({
  version: _version,
  residents: _residents,
  ...voucher
}: Voucher): z.input<typeof VoucherView> => ({
  ...voucher,
  ...totalsOf(voucher),
  kindName: voucherKindNames[voucher.kind],
  shortFen: voucher.lines.reduce((sum, { shortFen = 0 }) => sum + shortFen, 0),
  lines: voucher.lines.map((line) => ({ ...line, ...namesOf(line) })),
});

export const viewEntry = ({
  creditCode: _creditCode,
  caseNo: _caseNo,
  ...entry
}: Entry): z.input<typeof EntryView> => ({
  ...entry,
  ...namesOf(entry),
  side: purposes[entry.purpose].side,
});

export const viewFinding = (finding: Finding): z.input<typeof FindingView> => ({
  ...finding,
  codeName: findingNames[finding.code],
});

export const openOf = (findings: readonly Finding[]): number =>
  findings.filter(({ state }) => state === 'open').length;

export const viewReconciliation = ({
  version: _,
  ...reconciliation
}: Reconciliation): z.input<typeof ReconciliationView> => ({
  ...reconciliation,
  openFindings: openOf(reconciliation.findings),
  differenceFen: reconciliation.statementFen - reconciliation.ledgerFen,
  findings: reconciliation.findings.map(viewFinding),
});

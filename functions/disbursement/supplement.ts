import type { Entitlement } from './entitlement.ts';
import { payeeAsOf } from './entitlement.ts';
import type { Line } from './line.ts';
import type { OpenLine } from './open-lines.ts';
import type { PaidHome } from './residence.ts';

/**
 * The line a supplement pays for an open one, or undefined while it cannot be paid. Returned money goes out again only to an
 * account that was corrected since, or after an approver decided so; held money when its account has arrived and, for a
 * person in two programmes, after the decision (rulebook I.6, B14). `home` is paid instead of the person, by the
 * same rules (B11).
 */
export const supplementLine = (
  line: Line,
  open: OpenLine,
  entitlement: Entitlement,
  batch: number,
  asOf: string,
  home?: PaidHome,
): Line | undefined => {
  if (open.decision?.decision === 'withdraw') return undefined;
  const decided = open.decision?.decision === 'pay';
  const payee = (home ?? payeeAsOf(entitlement, asOf))?.payee;
  if (!payee?.bank) return undefined;
  const payable =
    open.was === 'returned'
      ? decided || payee.index !== line.payee?.index
      : decided || !line.holds.includes('EXCLUSIVE_PROGRAMMES');
  return payable ? { ...line, batch, payee, home: home?.creditCode, holds: [], was: open.was } : undefined;
};

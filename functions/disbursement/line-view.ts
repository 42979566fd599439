import type * as z from 'zod';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount } from '../../shared/mask.ts';
import { type Change, kindOf } from './change.ts';
import { caseOwner } from './entitlement.ts';
import { lineIdOf, payeeOwner } from './line.ts';
import type { Standing } from './line-standing.ts';
import type { ChangeView, LineView } from './views.ts';

/** A payment line as officers see it: name in full, account masked (rulebook I.7, staff list). */
export const viewLine = (
  { line, state, fileName, outcome, decision }: Standing,
  seals: Seals,
): z.input<typeof LineView> => {
  const accountOwner = payeeOwner(line);
  const { batch, programme, caseNo, areaCode, persons, amountFen, components, holds, payee, home } = line;
  return {
    lineId: lineIdOf(line),
    batch,
    programme,
    caseNo,
    areaCode,
    name: seals.open(caseOwner(programme, caseNo), 'name', line.name),
    persons,
    amountFen,
    components,
    bank: payee?.bank,
    account: payee && maskAccount(seals.open(accountOwner, 'account', payee.account)),
    home,
    homeName: home && payee && seals.open(accountOwner, 'accountName', payee.accountName),
    holds,
    state,
    fileName,
    resultCode: outcome?.resultCode,
    postedAt: outcome?.postedAt,
    decision,
  };
};

/** A household that is paid otherwise than in the month before; of one that ended, as it was then. */
export const viewChange = (change: Change, seals: Seals): z.input<typeof ChangeView> => {
  const { now, before } = change;
  const line = now ?? before;
  if (!line) throw new Error('A change is of a line.');
  const { programme, caseNo, areaCode } = line;
  return {
    kind: kindOf(change),
    lineId: lineIdOf(line),
    programme,
    caseNo,
    areaCode,
    name: seals.open(caseOwner(programme, caseNo), 'name', line.name),
    ...(now ? { persons: now.persons, amountFen: now.amountFen, components: now.components } : {}),
    ...(before ? { previousPersons: before.persons, previousAmountFen: before.amountFen } : {}),
  };
};

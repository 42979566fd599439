import type * as z from 'zod';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount } from '../../shared/mask.ts';
import { caseOwner } from './entitlement.ts';
import { lineIdOf, payeeOwner } from './line.ts';
import type { Standing } from './line-standing.ts';
import type { LineView } from './views.ts';

/** A payment line as officers see it: name in full, account masked (rulebook I.7, staff list). */
export const viewLine = (
  { line, state, fileName, outcome }: Standing,
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
  };
};

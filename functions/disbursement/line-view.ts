import type * as z from 'zod';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount } from '../../shared/mask.ts';
import { caseOwner } from './entitlement.ts';
import { lineIdOf } from './line.ts';
import type { Standing } from './line-standing.ts';
import type { LineView } from './views.ts';

/** A payment line as officers see it: name in full, account masked (rulebook I.7, staff list). */
export const viewLine = (
  { line, state, fileName, outcome }: Standing,
  seals: Seals,
): z.input<typeof LineView> => {
  const owner = caseOwner(line.programme, line.caseNo);
  const { batch, programme, caseNo, areaCode, persons, amountFen, components, holds, payee } = line;
  return {
    lineId: lineIdOf(line),
    batch,
    programme,
    caseNo,
    areaCode,
    name: seals.open(owner, 'name', line.name),
    persons,
    amountFen,
    components,
    bank: payee?.bank,
    account: payee && maskAccount(seals.open(owner, 'account', payee.account)),
    holds,
    state,
    fileName,
    resultCode: outcome?.resultCode,
    postedAt: outcome?.postedAt,
  };
};

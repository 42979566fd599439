import { HomeAccountApproved } from '../../events/institutions.ts';
import { systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { openHandover } from '../../shared/handover.ts';
import { consume } from '../../shared/inbox.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { checkAccount } from './payee.ts';
import type { HandoverDeps } from './record-determinations.ts';
import { sealPayee } from './recording.ts';
import { homeOwner } from './residence.ts';
import { keepHomeAccount as keep } from './residence-store.ts';

/** Keeps the account that was approved for an institution, sealed under it. One that has expired or is refused fails the message. */
export const keepHomeAccount = ({ table, seals, handover, clock }: HandoverDeps) =>
  consume(HomeAccountApproved, async ({ data: { creditCode, number, handover: key } }) => {
    const handed = (await handover.take(key))?.[creditCode];
    if (!handed) throw new Error('The account that was handed over has expired.');
    const { name, account = '', accountName = name, bank = '' } = handed;
    const checked = checkAccount({ account, accountName, bank, name });
    if ('refused' in checked) throw new Error('No payment can go to the account that was handed over.');
    await keep(table, {
      creditCode,
      number,
      recordedAt: clock(),
      payee: sealPayee(await seals(), homeOwner(creditCode), checked.payee),
      // An institution's account is no card with a check digit, and two officers have looked at its name.
      notices: checked.notices.filter((notice) => notice === 'BANK_UNKNOWN'),
    });
  });

export const handler = composed(() => {
  const { TABLE_NAME, HANDOVER_BUCKET_NAME } = environment('TABLE_NAME', 'HANDOVER_BUCKET_NAME');
  return keepHomeAccount({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    handover: openHandover(HANDOVER_BUCKET_NAME, process.env),
    clock: systemClock,
  });
});

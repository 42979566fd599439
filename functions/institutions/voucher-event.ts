import { VoucherProposed } from '../../events/institutions.ts';
import type { Table, Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import { totalsOf, type Voucher, voucherSubject } from './voucher.ts';

/** What every event of a voucher says. */
export const voucherFacts = (voucher: Voucher) => {
  const { voucherId, creditCode, areaCode, kind, month, preparedBy } = voucher;
  return { voucherId, creditCode, areaCode, kind, month, ...totalsOf(voucher), preparedBy };
};

/** Announces that a voucher waits for a second officer. */
export const proposed = (table: Table, voucher: Voucher, correlationId: string): Write =>
  announce(
    table,
    happened(VoucherProposed, {
      subject: voucherSubject(voucher.voucherId),
      which: 'proposed',
      at: voucher.preparedAt,
      correlationId,
      data: voucherFacts(voucher),
    }),
  );

import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  type Table,
  type Write,
} from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { keys, listings } from './table.ts';
import { Voucher, type VoucherKind } from './voucher.ts';

const voucherItem = (voucher: Voucher): Item => {
  const { voucherId, creditCode, state, preparedAt } = voucher;
  const listSk = `${state === 'proposed' ? 'PROPOSED' : 'DECIDED'}#${preparedAt}#${voucherId}`;
  return { ...voucher, ...keys.voucher(voucherId), listPk: listings.vouchersOf(creditCode), listSk };
};

export const findVoucher = async (table: Table, voucherId: string): Promise<Voucher | undefined> => {
  const item = await getItem(table, keys.voucher(voucherId));
  return item && Voucher.parse(item);
};

/** Writes the next version of a voucher; of two decisions at the same moment the second loses. */
export const writeVoucher = (table: Table, next: Voucher): Write =>
  next.version === 1 ? putNew(table, voucherItem(next)) : putOver(table, voucherItem(next), next.version - 1);

type Proposal = { readonly version: number; readonly open: boolean };

/** How often a month was proposed, and whether a voucher of it still waits. */
export const proposalOf = async (
  table: Table,
  creditCode: string,
  kind: VoucherKind,
  month: Month,
): Promise<Proposal> => {
  const item = await getItem(table, keys.proposal(creditCode, kind, month));
  const voucherIds = (item?.voucherIds ?? []) as readonly string[];
  const vouchers = await getItems(
    table,
    voucherIds.map((voucherId) => keys.voucher(voucherId)),
  );
  return {
    version: Number(item?.version ?? 0),
    open: vouchers.some(({ state }) => state === 'proposed'),
  };
};

/** Notes what was proposed for a month; of two who propose it at the same moment the second loses. */
export const writeProposal = (
  table: Table,
  { creditCode, kind, month }: Pick<Voucher, 'creditCode' | 'kind' | 'month'>,
  voucherIds: readonly string[],
  version: number,
): Write => {
  const item = {
    ...keys.proposal(creditCode, kind, month),
    voucherIds: [...voucherIds],
    version: version + 1,
  };
  return version === 0 ? putNew(table, item) : putOver(table, item, version);
};

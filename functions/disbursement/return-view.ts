import type { BankReturn, UnmatchedRow } from './return.ts';
import type { ReturnView } from './views.ts';

export const viewReturn = ({ version: _version, objectKey: _objectKey, ...shown }: BankReturn): ReturnView =>
  shown;

export const viewRow = ({
  row,
  reason,
  code,
  seq,
  caseNo,
  amountFen,
  resultCode,
  resolution,
}: UnmatchedRow) => ({
  row,
  reason,
  code,
  seq,
  caseNo,
  amountFen,
  resultCode,
  resolution,
});

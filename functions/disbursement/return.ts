import * as z from 'zod';

/** A return file of a bank and what came of its rows. */
export const BankReturn = z.object({
  returnId: z.string(),
  uploadName: z.string(),
  objectKey: z.string(),
  state: z.enum(['received', 'imported', 'refused']),
  receivedAt: z.iso.datetime(),
  receivedBy: z.string(),
  fileName: z.string().optional(),
  rows: z.int().min(0),
  applied: z.int().min(0),
  repeated: z.int().min(0),
  unmatched: z.int().min(0),
  problem: z.string().optional(),
  version: z.int().min(1),
});
export type BankReturn = z.output<typeof BankReturn>;

/** Why a row of a return file was kept for a person. */
export const UnmatchedCode = z.enum([
  'MALFORMED',
  'SEQ_UNKNOWN',
  'CASE_DIFFERS',
  'AMOUNT_DIFFERS',
  'CONTRADICTS',
  'CODE_UNKNOWN',
  'TRAILER',
]);
export type UnmatchedCode = z.infer<typeof UnmatchedCode>;

export const unmatchedReasons: Record<UnmatchedCode, string> = {
  MALFORMED: '该行格式不完整或无法识别',
  SEQ_UNKNOWN: '报盘文件中没有这个序号',
  CASE_DIFFERS: '案号与报盘文件不一致',
  AMOUNT_DIFFERS: '金额与报盘文件不一致',
  CONTRADICTS: '与此前的回盘结果矛盾',
  CODE_UNKNOWN: '结果代码不在约定范围',
  TRAILER: '文件尾缺失或与内容不符',
};

export const UnmatchedRow = z.object({
  returnId: z.string(),
  row: z.int().min(1),
  code: UnmatchedCode,
  reason: z.string(),
  seq: z.int().optional(),
  caseNo: z.string().optional(),
  amountFen: z.int().optional(),
  resultCode: z.string().optional(),
  bankSerial: z.string().optional(),
  postedAt: z.string().optional(),
  resolution: z.enum(['dismiss', 'reverse']).optional(),
  resolutionReason: z.string().optional(),
  resolvedBy: z.string().optional(),
});
export type UnmatchedRow = z.output<typeof UnmatchedRow>;

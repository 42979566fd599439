import type { Month } from './month.ts';

/**
 * Numbers of the rules: effective-dated, each with its source in the rulebook (table M) and how sure it is
 * (S official text, S~ other district or secondary, D derived, A assumed: 待确认). Nothing else in the code is a rule number.
 */
type Value = {
  readonly from: Month | null;
  readonly value: number;
  readonly source: string;
  readonly certainty: 'S' | 'S~' | 'D' | 'A';
};

const always = (value: number, source: string, certainty: Value['certainty']): readonly Value[] => [
  { from: null, value, source, certainty },
];
const month = (text: string) => text as Month;

/** 最低生活保障标准, 分 per person and month. */
const dibaoStandard: readonly Value[] = [
  { from: null, value: 850_00, source: 'S3', certainty: 'D' },
  { from: month('2021-07'), value: 900_00, source: 'S3', certainty: 'S' },
  { from: month('2022-07'), value: 1_050_00, source: 'S8', certainty: 'S~' },
  { from: month('2023-08'), value: 1_100_00, source: 'S8', certainty: 'S~' },
];

export const parameters = {
  'dibao.standardFen': dibaoStandard,
  'dibao.specialGroupUpliftPercent': always(20, 'A36', 'A'),
  'destitute.basicMultiplePercent': always(130, 'B07', 'S~'),
  'destitute.careFullPercentOfMinimumWage': always(50, 'B10', 'A'),
  'wage.minimumFen': [
    { from: null, value: 1_800_00, source: 'A.3', certainty: 'A' },
    { from: month('2021-08'), value: 2_070_00, source: 'A.3', certainty: 'A' },
    { from: month('2024-01'), value: 2_260_00, source: 'A.3', certainty: 'A' },
  ],
  'orphan.institutionFen': always(1_877_00, 'S3', 'S'),
  'childDirector.stipendFen': always(200_00, 'D20', 'A'),
  'payment.payDay': always(10, 'A07', 'S~'),
  'payment.runTolerancePercent': always(10, 'N', 'A'),
  'payment.lineTolerancePercent': always(30, 'N', 'A'),
  'approval.secondApproverFromFen': always(5_000_000_00, 'N', 'A'),
} as const satisfies Record<string, readonly Value[]>;
export type ParameterName = keyof typeof parameters;

/** The value in force on the first day of a benefit month (rulebook 0.3.1). */
export const parameterFor = (name: ParameterName, benefitMonth: Month): number => {
  const values: readonly Value[] = parameters[name];
  const inForce = values.findLast(({ from }) => from === null || from <= benefitMonth);
  if (!inForce) throw new Error(`No value of ${name} is in force in ${benefitMonth}.`);
  return inForce.value;
};

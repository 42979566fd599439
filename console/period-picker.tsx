import { Select } from 'antd';
import { parsePeriod } from '../functions/reporting/period.ts';

const YEARS = 6;

/** The bureau’s year and month now. */
const now = (): { readonly year: number; readonly month: number } => {
  const [year = 0, month = 0] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
    .format()
    .split('-')
    .map(Number);
  return { year, month };
};

/** The half year that runs. */
export const presentPeriod = (): string => {
  const { year, month } = now();
  return `${year}H${month <= 6 ? 1 : 2}`;
};

const codesOf = (year: number): string[] => [
  `${year}`,
  ...[2, 1].map((half) => `${year}H${half}`),
  ...[4, 3, 2, 1].map((quarter) => `${year}Q${quarter}`),
  ...Array.from({ length: 12 }, (_, index) => `${year}-${String(12 - index).padStart(2, '0')}`),
];

/** Years, halves, quarters and months, the newest first. */
export const PeriodPicker = ({
  period,
  onPick,
}: {
  readonly period: string;
  readonly onPick: (period: string) => void;
}) => {
  const years = Array.from({ length: YEARS }, (_, index) => now().year - index);
  const options = years
    .flatMap(codesOf)
    .map((value) => ({ value, label: parsePeriod(value)?.name ?? value }));
  return (
    <Select
      aria-label="期间"
      value={period}
      options={options}
      onChange={onPick}
      style={{ minWidth: 150 }}
      showSearch={{ optionFilterProp: 'label' }}
    />
  );
};

import { Select } from 'antd';
import { useState } from 'react';
import { parsePeriod } from '../functions/reporting/period.ts';
import { useDesk } from './desk-context.ts';

const YEARS = 6;

/** The half year in which a day lies. */
const halfYearOf = (day: string): string => `${day.slice(0, 4)}H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;

/** The period an officer looks at; at first the half year that runs. */
export const usePeriod = () => {
  const { session } = useDesk();
  return useState(() => halfYearOf(session.settings.today));
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
  const { session } = useDesk();
  const present = Number(session.settings.today.slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, index) => present - index);
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

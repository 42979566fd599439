import { firstDayOf, type Month } from '../../shared/month.ts';
import { fenFor, numberFor, type ParameterKey, type ParameterSet, valueOn } from '../../shared/parameter.ts';

/**
 * The rule numbers of one benefit month, looked up once for all households. A multiple of the standard is kept in hundredths
 * of a fen, where it is exact, so that no comparison is ever made with a rounded line.
 */

const perHundred = (factor: number): number => Math.round(factor * 100);

const compile = (parameters: ParameterSet, month: Month) => {
  const number = (key: ParameterKey): number => numberFor(parameters, key, month);
  const share = (key: ParameterKey): number => perHundred(number(key));
  const fen = (key: ParameterKey): number => fenFor(parameters, key, month);
  const standardFen = fen('dibao.standard');
  const minimumWageFen = fen('wage.minimum');
  const timesStandard = (key: ParameterKey): number => standardFen * share(key);
  const laterYuan = (key: ParameterKey): number | undefined => {
    const value = valueOn(parameters, key, firstDayOf(month))?.value;
    return value === undefined ? undefined : Math.round(value * 100);
  };
  const rigidMultiple = laterYuan('rigid_expense.multiple');
  return {
    parameters,
    month,
    firstDay: firstDayOf(month),
    standardFen,
    minimumWageFen,
    roundingFen: Math.max(1, fen('dibao.rounding_yuan')),
    residencePermitHolders: number('dibao.residence_permit_holders') > 0,

    incomeWindowMonths: number('dibao.income_window_months'),
    workingCostFen: Math.floor(timesStandard('dibao.working_cost_share') / 100),
    disregardMonths: number('dibao.job_disregard_months'),
    disregardCapFen: Math.floor(timesStandard('dibao.job_disregard_cap') / 100),
    gradualExitLine: timesStandard('dibao.gradual_exit_limit'),
    refusals: number('dibao.refusals_in_6_months'),

    fullAmountAge: number('dibao.full_amount_age'),
    supporterLine: timesStandard('dibao.supporter_capacity'),
    /** In hundredths of a percent. */
    maintenanceShare: share('dibao.maintenance_share'),
    upliftShare: share('dibao.special_group_uplift'),
    upliftAge: number('dibao.uplift_age'),

    moneyLineFen: Math.floor((12 * timesStandard('dibao.money_property_years')) / 100),
    homes: { urban: number('dibao.homes_urban'), rural: number('dibao.homes_rural') },
    companyCapitalFen: fen('dibao.company_capital'),

    /** A08: a county may widen the line, but never above the minimum wage. */
    edgeLine: Math.min(timesStandard('edge.multiple'), minimumWageFen * 100),
    edgeDeductsExpenses: number('edge.deduct_expenses') > 0,
    /** Neither layer exists before 2025-04-07 (A.9). */
    rigidExpenseLine: rigidMultiple === undefined ? undefined : standardFen * rigidMultiple,
    lowIncomeYearFen: laterYuan('low_income.year_limit'),

    destituteBasicHundredths: timesStandard('destitute.basic_multiple'),
    careShare: {
      full: share('destitute.care.full'),
      half: share('destitute.care.half'),
      self: share('destitute.care.self'),
    },
    careAtHomeShare: share('destitute.care.at_home'),
    careItems: { half: number('destitute.care.half_items'), full: number('destitute.care.full_items') },
    minorAge: number('destitute.minor_age'),
    keepsStudents: number('destitute.students') > 0,
    agedFrom: number('destitute.aged'),
    gradeOfMental: number('destitute.grade.mental'),
    gradeOfPhysical: number('destitute.grade.physical'),
    gradeOfVision: number('destitute.grade.vision'),

    reliefCapFen: Math.floor(timesStandard('temp.cap') / 100),
    elderAge: number('elder.age'),
    scatteredOrphanFen: fen('orphan.scattered'),
  };
};
export type Rules = Readonly<ReturnType<typeof compile>>;

/** Parameter sets are values: what was looked up in one holds as long as the set does. */
const known = new WeakMap<ParameterSet, Map<Month, Rules>>();

/** The numbers in force for a benefit month (rulebook 0.3.1). Throws when one has no value then. */
export const rulesFor = (parameters: ParameterSet, month: Month): Rules => {
  const months = known.get(parameters) ?? new Map<Month, Rules>();
  known.set(parameters, months);
  const rules = months.get(month) ?? compile(parameters, month);
  months.set(month, rules);
  return rules;
};

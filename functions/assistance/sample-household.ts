import type * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { type ParameterKey, type ParameterSet, shipped, withChanges } from '../../shared/parameter.ts';
import { HouseholdFacts, type Member } from './facts.ts';
import { type Household, householdOf } from './household.ts';
import { rulesFor } from './rules.ts';

/** Households for tests: whatever is not said is plain. */

export type MemberSketch = Partial<z.input<typeof Member>>;
export type FactsSketch = Partial<Omit<z.input<typeof HouseholdFacts>, 'members'>>;

export const month = (text: string): Month => Month.parse(text);

/** Where sample households live. */
export const SAMPLE_VILLAGE = AreaCode.parse('330702001001');

/** The first member is the head; all are adults of middle age who neither work nor can. */
export const sampleFacts = (members: readonly MemberSketch[], rest: FactsSketch = {}): HouseholdFacts =>
  HouseholdFacts.parse({
    areaCode: SAMPLE_VILLAGE,
    residence: 'urban',
    ...rest,
    members: members.map((member, index) => ({
      memberId: `m${index + 1}`,
      relation: index === 0 ? 'head' : 'spouse',
      sex: 'female',
      born: '1975-05-05',
      ...member,
    })),
  });

/** So many plain members, of whom the first receives all the income. */
export const sampleFamily = (persons: number, incomeFen: number, rest: FactsSketch = {}): HouseholdFacts =>
  sampleFacts(
    Array.from({ length: persons }, (_, index) =>
      index === 0 ? { incomes: [{ kind: 'transfer', monthlyFen: incomeFen }] } : {},
    ),
    rest,
  );

/** The shipped numbers with some of them replaced, for all time. */
export const withNumbers = (numbers: Partial<Record<ParameterKey, number>>): ParameterSet =>
  withChanges(
    shipped,
    (Object.keys(numbers) as ParameterKey[]).flatMap((key) =>
      [null, ...shipped[key].values.flatMap(({ from }) => from ?? [])].map((from) => ({
        key,
        from,
        value: numbers[key] ?? 0,
        source: '测试文件',
        certainty: 'S' as const,
      })),
    ),
  );

export const sampleHousehold = (
  facts: HouseholdFacts,
  text: string,
  parameters: ParameterSet = shipped,
): Household => householdOf(facts, rulesFor(parameters, month(text)));

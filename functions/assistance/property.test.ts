import { describe, expect, test } from 'vitest';
import { shipped } from '../../shared/parameter.ts';
import { evaluate } from './evaluate.ts';
import type { HouseholdFacts } from './facts.ts';
import { type FactsSketch, month, sampleFamily, withNumbers } from './sample-household.ts';

type PropertySketch = NonNullable<FactsSketch['property']>;

const failingOf = (facts: HouseholdFacts, parameters = shipped) =>
  evaluate(facts, month('2021-08'), parameters)
    .verdicts.find(({ programme }) => programme === 'dibao')
    ?.steps.filter(({ holds }) => holds === false)
    .map(({ title }) => title);
const failing = (property: PropertySketch, residence: 'urban' | 'rural' = 'urban') =>
  failingOf(sampleFamily(2, 0, { property, residence }));

describe('property', () => {
  test.each<[string, PropertySketch, string[]]>([
    ['one fen below four years of the standard a head', { moneyFen: 8_639_999 }, []],
    ['exactly four years of it', { moneyFen: 8_640_000 }, ['货币财产']],
    ['a car', { vehicles: 1 }, ['机动车船']],
    ['no home', { homes: 0 }, []],
    ['two small homes', { homes: 2 }, []],
    ['two large homes', { homes: 2, homeAreaAboveAverage: true }, ['住房']],
    ['three homes', { homes: 3 }, ['住房']],
    ['one large home', { homes: 1, homeAreaAboveAverage: true }, []],
    ['a shop', { businessPremises: 1 }, ['非居住用房']],
    ['a company below the limit', { companyCapitalFen: 9_999_999 }, []],
    ['a company at the limit', { companyCapitalFen: 10_000_000 }, ['经商办企业']],
    ['property given away to qualify', { gaveAwayToQualify: true }, ['放弃财产']],
    ['study abroad', { highConsumption: true }, ['高消费']],
  ])('%s', (_, property, expected) => {
    expect(failing(property)).toEqual(expected);
    expect(failing(property, 'rural')).toEqual(expected);
  });

  test('counts the years that the county chose', () => {
    const facts = sampleFamily(1, 0, { property: { moneyFen: 3_240_000 } });

    expect(failingOf(facts)).toEqual([]);
    expect(failingOf(facts, withNumbers({ 'dibao.money_property_years': 3 }))).toEqual(['货币财产']);
  });

  test('in villages is measured by the number for villages', () => {
    const parameters = withNumbers({ 'dibao.homes_rural': 2 });
    const property = { homes: 2, homeAreaAboveAverage: true };

    expect(failingOf(sampleFamily(1, 0, { property, residence: 'rural' }), parameters)).toEqual([]);
    expect(failingOf(sampleFamily(1, 0, { property }), parameters)).toEqual(['住房']);
  });

  test('names every rule it breaks', () => {
    expect(failing({ vehicles: 2, businessPremises: 1, moneyFen: 90_000_000 })).toEqual([
      '货币财产',
      '机动车船',
      '非居住用房',
    ]);
  });
});

test('holders of a residence permit may apply where the county lets them', () => {
  const facts = sampleFamily(1, 0, { hukou: 'residence-permit' });

  expect(failingOf(facts)).toEqual(['户籍']);
  expect(failingOf(facts, withNumbers({ 'dibao.residence_permit_holders': 1 }))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import type { Application } from './application.ts';
import { admitted, delegationKey, ended, excluding, leftBehind } from './approval.ts';
import type { Case, Identity } from './case.ts';
import type { AidCode } from './evaluation.ts';
import { programmeOf, proposalOn, referralsOf } from './opinion.ts';
import { type MemberSketch, sampleFacts, sampleFamily } from './sample-household.ts';

const identity = (person: string): Identity => ({ person }) as Identity;
const applicationOf = (facts: Application['facts'], people: readonly string[]): Application => ({
  applicationNo: '330702-SQ-2021-000001',
  state: 'awaiting-decision',
  areaCode: facts.areaCode,
  receivedOn: '2021-04-25',
  facts,
  factsVersion: 1,
  identities: Object.fromEntries(people.map((person, index) => [`m${index + 1}`, identity(person)])),
  documents: [],
  relatedToOfficer: false,
  urgent: false,
  round: 1,
  visits: [],
  objections: [],
  reconsiderations: [],
  steps: [],
  version: 9,
});
const TODAY = '2021-06-03';
const at = `${TODAY}T02:00:00.000Z`;
const admissionOf = (application: Application, wanted?: AidCode) => {
  const { month, proposal } = proposalOn(application, wanted, TODAY, shipped);
  if (!proposal) throw new Error('There is something to propose.');
  return { application, proposal, caseNo: 'C1', month, at, checker: 'chief-1', parameters: shipped };
};
const family = applicationOf(sampleFamily(3, 120_000), ['a', 'b', 'c']);

describe('an approval', () => {
  test('pays from the month after it, whatever the day', () => {
    const month = (today: string) => proposalOn(family, undefined, today, shipped).month;

    expect(month('2021-06-01')).toBe('2021-07');
    expect(month('2021-12-31')).toBe('2022-01');
  });

  test('makes a case with its first determination and its next review', () => {
    expect(admitted(admissionOf(family))).toMatchObject({
      programme: 'dibao',
      amountFen: 150_000,
      persons: 3,
      determinations: [{ number: 1, from: '2021-07', amountFen: 150_000, factsVersion: 1 }],
      reviewMonth: expect.stringMatching(/^\d{4}-\d{2}$/),
    });
  });

  test('of a destitute person has support at home unless something else was chosen', () => {
    const alone: MemberSketch = { born: '1945-01-01' };
    const person = applicationOf(sampleFacts([alone]), ['a']);

    expect(admitted(admissionOf(person))).toMatchObject({
      programme: 'destitute',
      facts: { destitute: { form: 'at-home' } },
    });
  });

  test('of a single person keeps the facts of his family, on which his standing alone depends', () => {
    const weak: MemberSketch = { disability: { category: 'physical', grade: 1 } };
    const facts = sampleFacts([{ incomes: [{ kind: 'wage', monthlyFen: 240_000 }], ableToWork: true }, weak]);
    const admission = admissionOf(applicationOf(facts, ['a', 'b']), 'dibao-single');

    expect(admitted(admission)).toMatchObject({ programme: 'dibao', single: true, persons: 1, facts });
    expect(admission.proposal.verdict.memberIds).toEqual(['m2']);
  });
});

const caseOf = (programme: Case['programme'], people: readonly string[]): Case => ({
  ...admitted({ ...admissionOf(family), caseNo: `${programme}-1` }),
  programme,
  identities: Object.fromEntries(people.map((person, index) => [`m${index + 1}`, identity(person)])),
});

describe('a person who is on the register', () => {
  const { proposal } = admissionOf(family);
  const found = (known: Case, memberId = 'm1') => [{ memberId, known }];

  test.each<[Case['programme'], boolean]>([
    ['dibao', true],
    ['destitute', true],
    ['edge', false],
    ['low-income', false],
  ])('in %s is kept out of dibao: %s', (programme, kept) => {
    expect(excluding(found(caseOf(programme, ['a'])), proposal)).toHaveLength(kept ? 1 : 0);
  });

  test('leaves a layer without payment when he is the head there', () => {
    const mine = caseOf('edge', ['a', 'z']);
    const others = caseOf('edge', ['z', 'a']);

    expect(leftBehind(found(mine), proposal, family.identities)).toEqual([mine]);
    expect(leftBehind([...found(mine), ...found(mine, 'm2')], proposal, family.identities)).toEqual([mine]);
    expect(leftBehind(found(others), proposal, family.identities)).toEqual([]);
    expect(leftBehind(found(mine), { ...proposal, aid: 'dibao-single' }, family.identities)).toEqual([]);
  });

  test('has his case there ended from the month the new one begins', () => {
    const left = ended(caseOf('edge', ['a']), admissionOf(family));

    expect(left).toMatchObject({ state: 'ended', amountFen: 0, version: 2 });
    expect(left.determinations.at(-1)).toMatchObject({
      number: 2,
      kind: 'stop',
      reason: 'became-dibao',
      from: Month.parse('2021-07'),
    });
  });
});

test('programmes of other owners are referred to, those of this register are not', () => {
  const student: MemberSketch = { relation: 'child', born: '2012-06-01', student: 'compulsory' };
  const { verdicts } = proposalOn(
    { facts: sampleFacts([{ incomes: [{ kind: 'transfer', monthlyFen: 60_000 }] }, student]) },
    undefined,
    TODAY,
    shipped,
  );

  expect(referralsOf(verdicts)).toEqual(['child']);
  expect(programmeOf('dibao-single')).toBe('dibao');
  expect(programmeOf('home-adaptation')).toBeUndefined();
});

test('low-edge goes with dibao when approvals are left to the townships; destitute support is left by itself', () => {
  expect(delegationKey('edge')).toBe('dibao.delegated_to_township');
  expect(delegationKey('destitute')).toBe('destitute.delegated_to_township');
});

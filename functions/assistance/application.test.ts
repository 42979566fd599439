import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../shared/role.ts';
import {
  type Application,
  ApplicationState,
  asVisited,
  hasHandled,
  isVisited,
  isVisitedByDistrict,
  mayBecome,
  missingPapers,
  priorStates,
  type StepName,
  surveyedAnew,
  type VisitMark,
  withStep,
} from './application.ts';
import { sampleFacts } from './sample-household.ts';

const facts = sampleFacts([{}, {}]);
const by = { id: 'clerk-1', role: 'township-clerk' } as const;
const at = '2021-04-25T01:30:00.000Z';
const application = (change: Partial<Application> = {}): Application => ({
  applicationNo: '330702-SQ-2021-000001',
  state: 'accepted',
  areaCode: facts.areaCode,
  receivedOn: '2021-04-25',
  facts,
  factsVersion: 1,
  identities: {},
  documents: [],
  relatedToOfficer: false,
  urgent: false,
  round: 1,
  visits: [],
  objections: [],
  reconsiderations: [],
  steps: [{ step: 'submitted', at, ...{ by: 'helper-1', role: 'village-helper' } }],
  version: 1,
  ...change,
});

const states = ApplicationState.options;
const taken = (step: StepName = 'amended') => ({ step, by, at });

describe('the states of an application', () => {
  test('are entered only from the states that the table names, whatever is tried', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
        const step = () => withStep(application({ state: from }), taken(), { state: to });

        if (mayBecome(from, to)) expect(step().state).toBe(to);
        else expect(step).toThrow(`${from} does not become ${to}`);
      }),
    );
  });

  test('lead to an approval by no way that leaves out survey, publicity and the sending up', () => {
    /** Every state from which `approved` can be reached without entering `left`. */
    const reaching = (left: ApplicationState): Set<ApplicationState> => {
      const found = new Set<ApplicationState>(['approved']);
      for (const to of found) for (const from of priorStates[to]) if (from !== left) found.add(from);
      return found;
    };

    expect(reaching('accepted').has('submitted')).toBe(false);
    expect(reaching('awaiting-decision').has('submitted')).toBe(false);
  });

  test('end with an approval or a withdrawal; a refusal can be opened again by a reconsideration', () => {
    const nextOf = (from: ApplicationState) => states.filter((to) => to !== from && mayBecome(from, to));

    expect(nextOf('approved')).toEqual([]);
    expect(nextOf('withdrawn')).toEqual([]);
    expect(nextOf('refused')).toEqual(['accepted']);
  });
});

describe('a step', () => {
  test('is on record with officer and time, and makes the next version', () => {
    const next = withStep(application(), { ...taken('withdrawn'), note: '自愿' }, { state: 'withdrawn' });

    expect(next.version).toBe(2);
    expect(next.steps.at(-1)).toEqual({ step: 'withdrawn', at, by: by.id, role: by.role, note: '自愿' });
  });

  test('that changes the facts makes their next version, and only then', () => {
    expect(withStep(application(), taken(), {}).factsVersion).toBe(1);
    expect(withStep(application(), taken(), { facts: { ...facts } }).factsVersion).toBe(2);
  });

  test('back to the survey drops the opinion and begins another round', () => {
    const read = application({
      state: 'publicity',
      publicity: { publicityId: 'p', opensOn: at, endsOn: at },
    });

    expect(withStep(read, taken('objected'), surveyedAnew(read))).toMatchObject({
      state: 'accepted',
      round: 2,
      opinion: undefined,
      publicity: undefined,
    });
  });
});

const mark = (who: string, change: Partial<VisitMark> = {}): VisitMark => ({
  round: 1,
  on: '2021-04-28',
  by: who,
  role: 'township-clerk',
  findings: '与申报一致',
  stillInNeed: [],
  photos: [],
  ...change,
});

describe('a home visit', () => {
  test.each<[string, VisitMark[], boolean]>([
    ['one officer', [mark('a')], false],
    ['two officers of one day', [mark('a'), mark('b')], true],
    ['two officers of different days', [mark('a'), mark('b', { on: '2021-04-29' })], false],
    ['one officer twice', [mark('a'), mark('a', { on: '2021-04-29' })], false],
    ['two officers of an earlier round', [mark('a', { round: 0 }), mark('b', { round: 0 })], false],
  ])('by %s counts: %#', (_, visits, counts) => {
    expect(isVisited(application({ visits }))).toBe(counts);
  });

  test('is one of the district when one of the two came from there', () => {
    const role: Role = 'district-clerk';

    expect(isVisitedByDistrict(application({ visits: [mark('a'), mark('b')] }))).toBe(false);
    expect(isVisitedByDistrict(application({ visits: [mark('a', { role })] }))).toBe(false);
    expect(isVisitedByDistrict(application({ visits: [mark('a'), mark('b', { role })] }))).toBe(true);
  });

  test('finds somebody still in need when all its visitors do, in any order', () => {
    const marks = [mark('a', { stillInNeed: ['m1', 'm2'] }), mark('b', { stillInNeed: ['m2'] })];
    const inNeed = (day: VisitMark[]) => asVisited(facts, day).members.map(({ stillInNeed }) => stillInNeed);

    expect(inNeed(marks)).toEqual([false, true]);
    expect(inNeed(marks.toReversed())).toEqual([false, true]);
    expect(asVisited(facts, [mark('a'), mark('b')])).toBe(facts);
  });
});

test('whoever took a step has handled the application, except by sending it back', () => {
  const sentBack = withStep(
    application({ state: 'awaiting-decision' }),
    { step: 'returned', by: { id: 'chief-1', role: 'section-chief' }, at },
    { state: 'accepted' },
  );

  expect(hasHandled(sentBack, 'helper-1')).toBe(true);
  expect(hasHandled(sentBack, 'chief-1')).toBe(false);
  expect(hasHandled(sentBack, 'chief-2')).toBe(false);
});

test('identity papers and the form are all an applicant must bring', () => {
  const sha256 = 'a'.repeat(64);

  expect(missingPapers([])).toEqual(['identity', 'application-form']);
  expect(missingPapers([{ kind: 'application-form', sha256 }])).toEqual(['identity']);
  expect(
    missingPapers([
      { kind: 'identity', sha256 },
      { kind: 'application-form', sha256 },
    ]),
  ).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fen } from '../../shared/money.ts';
import { shipped } from '../../shared/parameter.ts';
import type { Role } from '../../shared/role.ts';
import type { Sealed } from '../../shared/seal.ts';
import { assess } from './assessment.ts';
import { publicityPeriod, supplementDue } from './deadline.ts';
import { checkCase, closeCase, decideCase, payCase, payInAdvance, supplementCase } from './decision.ts';
import {
  type Acting,
  acceptCase,
  giveOpinion,
  makersOf,
  publishCase,
  recordObjection,
  returnCase,
  submitCase,
  surveyCase,
  withdrawCase,
} from './procedure.ts';
import { priorStates, ReliefCase } from './relief-case.ts';

const sealed = 'k.x' as Sealed;
const SHA = 'd'.repeat(64);
const draft = (urgent: boolean) =>
  ReliefCase.parse({
    caseNo: '330702-LS-2021-000001',
    version: 1,
    state: 'draft',
    areaCode: '330702100200',
    form: 'individual',
    kind: 'emergency',
    cause: 'fire',
    causeDate: '2021-07-30',
    description: sealed,
    urgent,
    residence: 'registered',
    applicant: { name: sealed, identityNumber: sealed, person: 'person-1' },
    members: [],
    method: 'cash',
    amountFen: 0,
    opened: { at: '2021-08-02T02:00:00.000Z', by: 'officer-0' },
  });

const nobody = { granted: [], pending: [] };
const amountFen = Fen.parse(150_000);
const receipt = { proof: 'photo', sha256: SHA, handedOverOn: '2021-08-02', receivedBy: 'applicant' } as const;
const survey = { secondSurveyor: 'officer-1', grade: 'hard', special: false, amountFen } as const;
const judged = (known: ReliefCase, { date, parameters }: Acting) =>
  assess({ ...known, amountFen }, nobody, { date, parameters });
const decision = (role: Role, approves: boolean) => (known: ReliefCase, acting: Acting) =>
  decideCase(
    { ...known, amountFen },
    { approves, role, reason: sealed, assessment: judged(known, acting) },
    acting,
  );

type Step = (known: ReliefCase, acting: Acting) => ReliefCase | string;
const steps: Readonly<Record<string, Step>> = {
  accept: acceptCase,
  survey: (known, acting) => surveyCase(known, survey, acting),
  agree: (known, acting) =>
    giveOpinion(known, { agrees: true, amountFen, grade: 'hard', note: sealed }, acting),
  disagree: (known, acting) =>
    giveOpinion(known, { agrees: false, amountFen, grade: 'hard', note: sealed }, acting),
  publish: (known, acting) => publishCase(known, { publicityId: 'p', photoSha256: SHA }, acting),
  object: (known, acting) => recordObjection(known, sealed, acting),
  submit: submitCase,
  check: (known, acting) => checkCase(known, { passes: true, note: sealed }, acting),
  decideInTown: decision('township-leader', true),
  decide: decision('section-chief', true),
  reject: decision('bureau-leader', false),
  sendBack: (known, acting) => returnCase(known, sealed, acting),
  advance: (known, acting) =>
    payInAdvance(
      known,
      { method: 'cash', amountFen, reserveYear: 2021, receipt },
      { role: 'township-leader', assessment: judged(known, acting) },
      acting,
    ),
  pay: (known, acting) => payCase(known, { reserveYear: 2021, receipt }, acting),
  supplement: (known, acting) => supplementCase(known, survey, acting),
  close: closeCase,
  withdraw: withdrawCase,
};

const paths = [
  ['accept', 'survey', 'agree', 'publish', 'decideInTown', 'pay', 'close'],
  ['accept', 'survey', 'agree', 'publish', 'submit', 'check', 'decide', 'pay', 'close'],
  ['accept', 'survey', 'disagree', 'submit', 'check', 'reject'],
  ['accept', 'advance', 'supplement', 'close'],
];
const anyAct = (step: fc.Arbitrary<string>) =>
  fc.record({ step, by: fc.integer({ min: 0, max: 4 }), days: fc.integer({ min: 0, max: 9 }) });
/** A way through the procedure, each step tried by several of five officers, and other steps tried in between. */
const walks = fc.record({
  urgent: fc.boolean(),
  acts: fc
    .constantFrom(...paths)
    .chain((path) =>
      fc.tuple(
        ...path.map((step) =>
          fc
            .tuple(
              fc.array(anyAct(fc.constantFrom(...Object.keys(steps))), { maxLength: 1 }),
              fc.array(anyAct(fc.constant(step)), { minLength: 2, maxLength: 4 }),
            )
            .map(([noise, tries]) => [...noise, ...tries]),
        ),
      ),
    )
    .map((acts) => acts.flat()),
});
type Walk = {
  readonly urgent: boolean;
  readonly acts: readonly { step: string; by: number; days: number }[];
};

const walked = ({ urgent, acts }: Walk, seen: (before: ReliefCase, after: ReliefCase) => void): void => {
  let known = draft(urgent);
  let day = 0;
  for (const { step, by, days } of acts) {
    day = Math.min(day + days, 120);
    const date = `2021-${String(8 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`;
    const acting = { at: `${date}T02:00:00.000Z`, by: `officer-${by}`, date, parameters: shipped };
    const after = steps[step]?.(known, acting);
    if (after === undefined || typeof after === 'string') continue;
    seen(known, after);
    known = after;
  }
};

/** Who acted as a check on whom in a step, and whether it gave money away. */
const checkedAct = (before: ReliefCase, after: ReliefCase) => {
  const makers = makersOf(before);
  const given = (after.payment && !before.payment) || (after.advance && !before.advance);
  if (after.payment && !before.payment)
    return { by: after.payment.by, preparedBy: [before.decision?.by], gives: given };
  const check = after.state === before.state ? undefined : after;
  const acts = {
    approved: check?.decision,
    rejected: check?.decision,
    'paid-in-advance': check?.advance,
    closed: check?.closure,
  };
  const act = acts[after.state as keyof typeof acts];
  return { by: act?.by, preparedBy: act ? makers : ['nobody'], gives: given };
};

describe('whatever officers try', () => {
  test('a case goes only where the table of prior states lets it, one version at a time', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        walked(walk, (before, after) => {
          expect(after.version).toBe(before.version + 1);
          if (after.state !== before.state && after.state !== 'draft')
            expect(priorStates[after.state]).toContain(before.state);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('nobody decides, advances, pays or closes what he prepared, and money is given once', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        let given = 0;
        walked(walk, (before, after) => {
          const { by, preparedBy, gives } = checkedAct(before, after);
          expect(preparedBy).not.toContain(by);
          given += gives ? 1 : 0;
        });
        expect(given).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  test('and the walks of these tests do reach every end', () => {
    const ends = new Set<string>();
    for (const walk of fc.sample(walks, { numRuns: 400, seed: 1 }))
      walked(walk, (_, { state }) => ends.add(state));

    expect([...ends]).toEqual(
      expect.arrayContaining(['closed', 'rejected', 'withdrawn', 'paid', 'supplemented']),
    );
  });

  test('nothing is approved that was not posted for its days, and nothing unposted is paid but an urgent case', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        walked(walk, (before, after) => {
          if (after.state === 'approved')
            expect((after.decision?.at.slice(0, 10) ?? '') > (after.publicity?.to ?? '9')).toBe(true);
          if (after.state === 'paid-in-advance') expect(before.urgent).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the clocks (C06, C08)', () => {
  test('a publicity that would end in the National Day holiday ends on the first working day after it', () => {
    expect(publicityPeriod(shipped, '2021-09-27')).toEqual({
      from: '2021-09-27',
      to: '2021-10-08',
      certain: true,
    });
    expect(publicityPeriod(shipped, '2021-08-02').to).toBe('2021-08-09');
  });

  test('papers follow within ten working days, and a year without announced holidays is called uncertain', () => {
    expect(supplementDue(shipped, '2021-08-02')).toMatchObject({ date: '2021-08-16', certain: true });
    expect(supplementDue(shipped, '2040-08-01').certain).toBe(false);
  });
});

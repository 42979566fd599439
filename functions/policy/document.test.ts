import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { addDays } from '../../shared/clock.ts';
import { outcomesOf, takesCommentsOn, windowFault } from './consultation.ts';
import {
  attach,
  type Document,
  type DocumentState,
  documentStates,
  draft,
  endedBy,
  isKnownToPublic,
  isPublished,
  issuingFault,
  MOST_ATTACHMENTS,
  priorStates,
  revise,
  standingOn,
  step,
} from './document.ts';
import { isDocumentNumber, isSource, numberOf, partsOfNumber } from './number.ts';

const district = AreaCode.parse('330702000000');
const at = '2021-05-01T01:00:00.000Z';
const act = { by: 'clerk-1', at };
const written = {
  kind: 'opinion',
  title: '关于推进社区居家养老服务工作的实施意见',
  text: '一、总体要求',
  ends: [],
} as const;
const drafted = draft('d1', district, { ...written, ends: [] }, act);
const inState = (state: DocumentState): Document => ({ ...drafted, state });

const issued = (from: string, to?: string): Document => ({
  ...drafted,
  state: 'issued',
  number: '婺民〔2021〕12号',
  inForceFrom: from,
  inForceTo: to,
});
const stepped = (document: Document | string): Document => {
  if (typeof document === 'string') return expect.unreachable(document);
  return document;
};

describe('a document goes', () => {
  test('only where the table of prior states leads, one version on, with the step on record', () => {
    for (const from of documentStates) {
      for (const to of documentStates) {
        const next = step(inState(from), to, { by: 'chief-1', at });
        const allowed = priorStates[to].includes(from);

        expect(typeof next === 'string' ? next : next.state, `${from} → ${to}`).toBe(
          allowed ? to : 'WRONG_STATE',
        );
        if (typeof next !== 'string' && from !== to) {
          expect(next.version).toBe(2);
          expect(next.history.at(-1)).toMatchObject({ state: to, by: 'chief-1' });
        }
      }
    }
  });

  test('on any walk never back once it is issued', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...documentStates), { maxLength: 30 }), (wishes) => {
        let document: Document = drafted;
        for (const wish of wishes) {
          const next = step(document, wish, act);
          if (typeof next === 'string') continue;
          if (document.number || document.state === 'issued')
            expect(['replaced', 'repealed']).toContain(next.state);
          document = next;
        }
      }),
    );
  });

  test('out for comments or submitted with its text frozen', () => {
    for (const state of ['consulting', 'submitted', 'issued', 'replaced'] as const) {
      expect(revise(inState(state), { ...written, ends: [] }, [], act)).toBe('WRONG_STATE');
      expect(attach(inState(state), file(1))).toBe('WRONG_STATE');
    }
    expect(stepped(revise(inState('consulted'), { ...written, ends: [] }, [], act)).state).toBe('draft');
  });
});

const file = (n: number) => ({
  sha256: String(n).padStart(64, '0'),
  fileName: `附件${n}.pdf`,
  bytes: n,
  addedBy: 'clerk-2',
  addedAt: at,
});

describe('attachments', () => {
  test('of the same content are one, and whoever adds one is a drafter', () => {
    const once = stepped(attach(drafted, file(1)));
    const twice = stepped(attach(once, { ...file(1), fileName: '正文附件.pdf' }));

    expect(twice.attachments.map(({ fileName }) => fileName)).toEqual(['正文附件.pdf']);
    expect(twice.drafters).toEqual(['clerk-1', 'clerk-2']);
    expect(stepped(revise(twice, { ...written, ends: [] }, [file(1).sha256], act)).attachments).toEqual([]);
  });

  test('are twenty at most', () => {
    let document = drafted;
    for (let n = 1; n <= MOST_ATTACHMENTS; n++) document = stepped(attach(document, file(n)));

    expect(attach(document, file(MOST_ATTACHMENTS + 1))).toBe('ATTACHMENTS_FULL');
    expect(stepped(attach(document, file(3))).attachments).toHaveLength(MOST_ATTACHMENTS);
  });
});

describe('issuing', () => {
  const terms = {
    number: undefined,
    issuedOn: '2021-06-20',
    inForceFrom: '2021-07-01',
    inForceTo: undefined,
  };

  test('is for an officer who did not write it', () => {
    expect(issuingFault(inState('submitted'), 'clerk-1', terms)).toBe('MAKER_IS_CHECKER');
    expect(issuingFault(inState('submitted'), 'leader-1', terms)).toBeUndefined();
    expect(issuingFault(drafted, 'leader-1', terms)).toBe('WRONG_STATE');
  });

  test('takes a number of an earlier year, not of a later one, and no term that ends before it begins', () => {
    const submitted = inState('submitted');

    expect(issuingFault(submitted, 'l', { ...terms, number: '婺民〔2020〕3号' })).toBeUndefined();
    expect(issuingFault(submitted, 'l', { ...terms, number: '婺民〔2022〕3号' })).toBe(
      'NUMBER_OF_LATER_YEAR',
    );
    expect(issuingFault(submitted, 'l', { ...terms, inForceTo: '2021-06-30' })).toBe('ENDS_BEFORE_IT_BEGINS');
  });
});

describe('how a document stands on a day', () => {
  test('follows from its dates', () => {
    const termed = issued('2021-07-01', '2022-06-30');

    expect(standingOn(termed, '2021-06-30')).toBe('not-yet-in-force');
    expect(standingOn(termed, '2021-07-01')).toBe('in-force');
    expect(standingOn(termed, '2022-06-30')).toBe('in-force');
    expect(standingOn(termed, '2022-07-01')).toBe('expired');
    expect(standingOn(drafted, '2021-07-01')).toBe('being-drafted');
  });

  test('leaves no day without and no day with two of an old document and its successor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 1, max: 800 }),
        fc.nat(2000),
        (a, b, day) => {
          const oldFrom = addDays('2021-01-01', a);
          const newFrom = addDays(oldFrom, b);
          const newer = { ...issued(newFrom), documentId: 'd2' };
          const old = stepped(
            endedBy(issued(oldFrom), 'replaced', { documentId: 'd2', inForceFrom: newFrom }, act),
          );
          const date = addDays('2021-01-01', day);
          const inForce = [old, newer].filter((each) => standingOn(each, date) === 'in-force');

          expect(inForce.length).toBe(date >= oldFrom ? 1 : 0);
          expect(old.endedBy).toBe('d2');
        },
      ),
    );
  });

  test('is not prolonged by a successor that comes after its term', () => {
    const newer = { documentId: 'd2', inForceFrom: '2023-01-01' };

    expect(stepped(endedBy(issued('2021-07-01', '2022-06-30'), 'repealed', newer, act)).inForceTo).toBe(
      '2022-06-30',
    );
    expect(endedBy(drafted, 'repealed', newer, act)).toBe('WRONG_STATE');
  });
});

test('the public knows nothing of a draft, everything of what is published, and the outcome of a consultation always', () => {
  const consultation = { round: 1, from: '2021-05-06', to: '2021-05-20', openedAt: at, openedBy: 'chief-1' };
  const consulted = (state: DocumentState): Document => ({
    ...inState(state),
    consultations: [consultation],
  });
  const seen = (document: Document, date = '2021-05-06') => [
    isKnownToPublic(document, date),
    isPublished(document, date),
  ];

  expect(seen(drafted)).toEqual([false, false]);
  expect(seen(consulted('consulting'), '2021-05-05')).toEqual([false, false]);
  expect(seen(consulted('consulting'))).toEqual([true, true]);
  expect(seen(consulted('draft'))).toEqual([true, false]);
  expect(seen(inState('submitted'))).toEqual([false, false]);
  expect(seen(inState('issued'))).toEqual([true, true]);
});

describe('a consultation', () => {
  test('needs as many working days as the rules ask for, its first day included; holidays do not count', () => {
    const fault = (from: string, to: string) => windowFault({ from, to }, '2021-04-28', 7);

    expect(fault('2021-05-06', '2021-05-13')).toBeUndefined();
    expect(fault('2021-05-06', '2021-05-12')).toBe('CONSULTATION_TOO_SHORT');
    // 劳动节 takes three of these days away, 8 May is a working Saturday.
    expect(fault('2021-04-30', '2021-05-12')).toBeUndefined();
    expect(fault('2021-04-30', '2021-05-11')).toBe('CONSULTATION_TOO_SHORT');
    expect(fault('2021-04-27', '2021-06-01')).toBe('CONSULTATION_BEGUN');
  });

  test('takes comments on its first and last day and on none outside', () => {
    const days = ['2021-05-05', '2021-05-06', '2021-05-20', '2021-05-21'];

    expect(days.map((day) => takesCommentsOn({ from: '2021-05-06', to: '2021-05-20' }, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('counts every answered comment once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('adopted', 'partly', 'not-adopted')), (outcomes) => {
        const counts = outcomesOf(outcomes.map((outcome) => ({ answer: { outcome } })));

        expect(counts.adopted + counts.partly + counts.notAdopted).toBe(outcomes.length);
      }),
    );
  });
});

describe('a document number', () => {
  test('is read back as it was made', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1990, max: 2099 }),
        fc.integer({ min: 1, max: 99_999 }),
        (year, sequence) => {
          expect(partsOfNumber(numberOf('婺民', String(year), sequence))).toEqual({
            prefix: '婺民',
            year: String(year),
            sequence,
          });
        },
      ),
    );
  });

  test.each([
    '婺民[2021]12号',
    '婺民〔21〕12号',
    '婺民〔2021〕012号',
    '婺民〔2021〕12',
    '〔2021〕12号',
    '婺民〔2021〕0号',
  ])('is not %s', (text) => expect(isDocumentNumber(text)).toBe(false));

  test.each([
    ['浙政办发〔2017〕67号', true],
    ['浙江省人民政府令第358号', true],
    ['民政部令21号', true],
    ['《浙江省社会救助条例》第十三条', true],
    ['口头通知', false],
    ['S1 art. 13', false],
  ])('or what else may be cited: %s is %s', (text, right) => expect(isSource(text)).toBe(right));
});

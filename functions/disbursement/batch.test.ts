import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { approvalsNeeded, approve, type Batch, BatchState, SCHEDULE } from './batch.ts';

const JULY = Month.parse('2021-07');
const THRESHOLD_FEN = 500_000_000;

const prepared = (change: Partial<Batch> = {}): Batch => ({
  runId: '2021-07-dibao-regular',
  batch: 1,
  state: 'prepared',
  lines: 2,
  amountFen: 180_000,
  preparedBy: 'maker',
  preparedAt: '2021-06-30T17:05:00.000Z',
  approvalsNeeded: 1,
  approvals: [],
  files: [],
  version: 3,
  ...change,
});
const by = (officerId: string) => ({ officerId, name: '审批员', at: '2021-07-01T01:00:00.000Z' });
const approved = (batch: Batch, officerId: string): Batch => {
  const next = approve(batch, by(officerId));
  if (typeof next === 'string') throw new Error(`${officerId} was refused: ${next}`);
  return next;
};

describe('how many must approve', () => {
  test.each([
    ['maker', THRESHOLD_FEN - 1, 1],
    ['maker', THRESHOLD_FEN, 2],
    ['maker', 0, 1],
    [SCHEDULE, 0, 2],
    [SCHEDULE, THRESHOLD_FEN, 2],
  ])('prepared by %s, %d fen: %d', (preparedBy, amountFen, needed) => {
    expect(approvalsNeeded(shipped, amountFen, preparedBy, JULY)).toBe(needed);
  });
});

describe('an approval', () => {
  test('of the only officer needed approves the batch and makes the next version of it', () => {
    expect(approve(prepared(), by('checker'))).toEqual(
      prepared({ state: 'approved', approvals: [by('checker')], version: 4 }),
    );
  });

  test('is not given by the maker', () => {
    expect(approve(prepared(), by('maker'))).toBe('MAKER_IS_CHECKER');
    expect(approve(approved(prepared({ approvalsNeeded: 2 }), 'checker'), by('maker'))).toBe(
      'MAKER_IS_CHECKER',
    );
  });

  test('is not given twice by one officer, so a second officer is needed where two are', () => {
    const once = approved(prepared({ approvalsNeeded: 2, preparedBy: SCHEDULE }), 'checker');

    expect(once.state).toBe('prepared');
    expect(approve(once, by('checker'))).toBe('APPROVED_ALREADY');
    expect(approved(once, 'second checker').state).toBe('approved');
  });

  test('repeated after the batch was approved is still the same officer, and a third comes too late', () => {
    const done = approved(prepared(), 'checker');

    expect(approve(done, by('checker'))).toBe('APPROVED_ALREADY');
    expect(approve(done, by('third'))).toBe('NOT_WAITING');
  });

  test.each(BatchState.options.filter((state) => state !== 'prepared'))(
    'does not count for a batch %s',
    (state) => {
      expect(approve(prepared({ state }), by('checker'))).toBe('NOT_WAITING');
    },
  );

  test('leaves the batch that was read untouched', () => {
    const batch = prepared();
    approve(batch, by('checker'));

    expect(batch).toEqual(prepared());
  });
});

test('whoever tries in whatever order, a batch is approved exactly when enough different officers other than its maker agreed', () => {
  const anyOfficer = fc.constantFrom('maker', 'a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(anyOfficer), fc.integer({ min: 1, max: 3 }), (officers, needed) => {
      let batch = prepared({ approvalsNeeded: needed });
      for (const officer of officers) {
        const next = approve(batch, by(officer));
        if (typeof next !== 'string') batch = next;
      }
      const checkers = new Set(officers.filter((officer) => officer !== 'maker'));
      expect(batch.state).toBe(checkers.size >= needed ? 'approved' : 'prepared');
      expect(batch.approvals.map(({ officerId }) => officerId)).toEqual([...checkers].slice(0, needed));
      expect(batch.version).toBe(3 + batch.approvals.length);
    }),
  );
});

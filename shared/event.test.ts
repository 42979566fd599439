import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { event, happened } from './event.ts';

const closed = {
  name: 'house.case-closed',
  source: 'house',
  summary: 'A case was closed.',
  data: z.object({ caseNo: z.string(), reason: z.string().optional() }),
} as const;
const CaseClosed = event({ ...closed, version: 2 });
const fact = {
  subject: 'case/DB0001',
  which: 'closed',
  at: '2021-07-01T00:00:00.000Z',
  correlationId: 'request-1',
  data: { caseNo: 'DB0001' },
};

describe('an event', () => {
  test('carries its version in its type', () => {
    expect(CaseClosed.type).toBe('house.case-closed.v2');
    expect(happened(CaseClosed, fact)).toEqual({
      id: 'house.case-closed.v2/case/DB0001/closed',
      type: 'house.case-closed.v2',
      source: 'house',
      subject: 'case/DB0001',
      time: '2021-07-01T00:00:00.000Z',
      correlationId: 'request-1',
      data: { caseNo: 'DB0001' },
    });
  });

  test('of the same fact is the same event, whenever and by whichever request it is recorded', () => {
    const again = happened(CaseClosed, {
      ...fact,
      at: '2021-07-02T00:00:00.000Z',
      correlationId: 'request-2',
    });

    expect(again.id).toBe(happened(CaseClosed, fact).id);
    expect(happened(CaseClosed, { ...fact, which: 'closed-again' }).id).not.toBe(again.id);
    expect(happened(CaseClosed, { ...fact, subject: 'case/DB0002' }).id).not.toBe(again.id);
  });

  test('is read back from its own text by its own schema, and by no other version', () => {
    const text = JSON.parse(JSON.stringify(happened(CaseClosed, fact)));
    const next = event({ ...closed, version: 3 });

    expect(CaseClosed.schema.parse(text)).toEqual(happened(CaseClosed, fact));
    expect(next.schema.safeParse(text).success).toBe(false);
  });

  test.each([[{}], [{ caseNo: 1 }], [{ caseNo: 'DB0001', name: '张三' }]])(
    'is not made of %j, which does not fit its schema',
    (data) => {
      expect(() => happened(CaseClosed, { ...fact, data: data as { caseNo: string } })).toThrow(z.ZodError);
    },
  );
});

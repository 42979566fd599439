import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { shipped } from '../../shared/parameter.ts';
import { isOpen, isOverdue, type Lead, LeadState, received, stepped } from './lead.ts';
import { caseOfLine, warningRules, warningsOf, windowStart } from './warning.ts';

const step = { at: '2021-09-20T02:00:00.000Z', by: 'clerk' };
const lead = received(
  '330702-XS-2021-000001',
  { source: 'hotline', areaCode: AreaCode.parse('330702100200'), situations: ['accident'] },
  step,
  shipped,
);

describe('a lead', () => {
  test('is due after the days of S1 art. 58, put off to the next working day over the National Day holidays', () => {
    expect(lead.dueOn).toBe('2021-10-08');
    expect([isOverdue(lead, '2021-10-08'), isOverdue(lead, '2021-10-09')]).toEqual([false, true]);
  });

  test('ends once: whatever is tried, nothing follows a closed state, and help or untruth follow a visit', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LeadState.options), { maxLength: 12 }), (tried) => {
        const after = tried.reduce<Lead>((now, state) => {
          const next = stepped(now, state, step);
          return typeof next === 'string' ? now : next;
        }, lead);
        const states = after.steps.map(({ state }) => state);

        expect(after.version).toBe(states.length);
        expect(states.filter((state) => !isOpen({ state })).length).toBeLessThanOrEqual(1);
        if (after.state === 'helped' || after.state === 'unfounded') expect(states.at(-2)).toBe('visited');
      }),
    );
  });
});

describe('the warning rules', () => {
  test('have ids of their own, a text, and say to which event they listen', () => {
    expect(new Set(warningRules.map(({ ruleId }) => ruleId)).size).toBe(warningRules.length);
    for (const { on, text } of warningRules) {
      expect(on).toMatch(/^\w+\.[\w-]+\.v1$/);
      expect(text).toMatch(/。$/);
    }
  });

  test.each([
    [{ kind: 'stopped', reason: 'gradual-exit-ended' }, ['watch-after-exit']],
    [{ kind: 'stopped', reason: 'died' }, []],
    [{ kind: 'returned', times: 1 }, []],
    [{ kind: 'returned', times: 2 }, ['returned-again']],
    [{ kind: 'relieved', times: 2 }, ['relieved-again']],
  ] as const)('%j gives %j', (signal, expected) => {
    expect(warningsOf(signal, '2021-07-05', shipped).map(({ rule }) => rule.ruleId)).toEqual(expected);
  });

  test('count returns of a year, and read the case out of a line’s id', () => {
    expect(windowStart('2021-07-05', shipped)).toBe('2020-07-05');
    expect(caseOfLine('2021-07-dibao-regular~330702100200~DB~1')).toEqual({
      areaCode: '330702100200',
      caseNo: 'DB~1',
    });
    expect(caseOfLine('2021-07-dibao-regular')).toBeUndefined();
  });
});

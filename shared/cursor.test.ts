import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cursor, cursorText, PageSize } from './cursor.ts';

const textOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  test('gives back the position it was made of', () => {
    const anyKey = fc.string({ unit: fc.constantFrom(...'A0#~"\\婺〔𠮷'), maxLength: 30 });
    const anyPosition = fc.record({ pk: anyKey, sk: anyKey, listPk: anyKey, listSk: anyKey });
    fc.assert(
      fc.property(anyPosition, (position) => {
        expect(Cursor.parse(cursorText(position))).toEqual(position);
      }),
    );
  });

  test('stands in an address as it is', () => {
    expect(cursorText({ pk: '>>>???' })).toMatch(/^[\w-]+$/);
  });

  test('holds the longest position there is, a case number of 64 Chinese characters in two keys', () => {
    const caseNo = '婺'.repeat(64);
    const listPk = 'ENTITLEMENT#child-director#330702100000';
    const position = {
      pk: 'ENTITLEMENT#child-director#20',
      sk: caseNo,
      listPk,
      listSk: `330702100201#${caseNo}`,
    };

    expect(Cursor.parse(cursorText(position))).toEqual(position);
  });

  test('does not exist after the last page', () => {
    expect(cursorText(undefined)).toBeUndefined();
  });

  test.each(['', 'no cursor', '!', textOf(null), textOf([1]), textOf('pk'), textOf(7), 'e30'.repeat(400)])(
    'is not %j',
    (text) => {
      expect(Cursor.safeParse(text).success).toBe(false);
    },
  );

  test('that is none is refused in words that quote nothing of it', () => {
    expect(Cursor.safeParse('330702199001010011').error?.issues).toEqual([
      { code: 'custom', path: [], message: 'Not a cursor this API gave out.' },
    ]);
  });
});

describe('a page', () => {
  test('has fifty items unless asked otherwise', () => {
    expect([PageSize.parse(undefined), PageSize.parse('1'), PageSize.parse('200')]).toEqual([50, 1, 200]);
  });

  test.each(['0', '201', '-1', '1.5', '', 'many'])('of %j items is refused', (text) => {
    expect(PageSize.safeParse(text).success).toBe(false);
  });
});

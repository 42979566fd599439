import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blindIndex, type DataKey, openField, type Sealed, type SealedField, sealField } from './seal.ts';

const keyOf = (id: string, byte: number): DataKey => ({
  id,
  secret: createSecretKey(new Uint8Array(32).fill(byte)),
});
const KEY = keyOf('2021', 1);
const OTHER = keyOf('2022', 2);
const keys = new Map([KEY, OTHER].map((key) => [key.id, key]));
const NONCE = new Uint8Array(12).fill(7);

const anyText = fc.string({ unit: fc.constantFrom(...'0123456789Xx|.张𠮷 ') });
const anyNonce = fc.uint8Array({ minLength: 12, maxLength: 12 });
const anyField = fc.constantFrom<SealedField>('name', 'identityNumber', 'account', 'accountName', 'phone');
const anyOwner = fc.constantFrom('dibao/DB0001', 'dibao/DB0002', 'destitute/DB0001', 'dibao/DB0001|name', '');

const bytesOf = (sealed: Sealed): Buffer => Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url');
const sealedOf = (id: string, bytes: Uint8Array) =>
  `${id}.${Buffer.from(bytes).toString('base64url')}` as Sealed;

describe('a sealed field', () => {
  test('opens to what was sealed', () => {
    fc.assert(
      fc.property(anyOwner, anyField, anyText, anyNonce, (owner, field, plain, nonce) => {
        expect(openField(keys, owner, field, sealField(KEY, owner, field, plain, nonce))).toBe(plain);
      }),
    );
  });

  test('does not open for another owner or as another field', () => {
    fc.assert(
      fc.property(
        anyOwner,
        anyField,
        anyOwner,
        anyField,
        anyText,
        (owner, field, asOwner, asField, plain) => {
          fc.pre(owner !== asOwner || field !== asField);
          const sealed = sealField(KEY, owner, field, plain, NONCE);
          expect(() => openField(keys, asOwner, asField, sealed)).toThrow();
        },
      ),
    );
  });

  test('does not open with another key, whether its name was changed or the key itself', () => {
    const sealed = sealField(KEY, 'dibao/DB0001', 'name', '张三', NONCE);

    expect(() => openField(keys, 'dibao/DB0001', 'name', sealedOf('2022', bytesOf(sealed)))).toThrow();
    expect(() => openField(new Map([['2021', keyOf('2021', 3)]]), 'dibao/DB0001', 'name', sealed)).toThrow();
    expect(() => openField(new Map(), 'dibao/DB0001', 'name', sealed)).toThrow('No data key 2021.');
  });

  test('does not open when any bit of it was changed', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
        const bytes = bytesOf(sealField(KEY, 'dibao/DB0001', 'account', plain, NONCE));
        const index = place % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        expect(() => openField(keys, 'dibao/DB0001', 'account', sealedOf('2021', bytes))).toThrow();
      }),
    );
  });

  test('does not open when it was cut short, not even by a part of its tag', () => {
    for (const plain of ['', '张三', '6222020200000000006']) {
      const bytes = bytesOf(sealField(KEY, 'dibao/DB0001', 'account', plain, NONCE));
      for (let length = 0; length < bytes.length; length++) {
        const cut = sealedOf('2021', bytes.subarray(0, length));
        expect(() => openField(keys, 'dibao/DB0001', 'account', cut)).toThrow();
      }
    }
  });

  test('shows nothing of the text but its length, and another nonce gives another text', () => {
    const seal = (plain: string, byte: number) =>
      sealField(KEY, 'dibao/DB0001', 'name', plain, new Uint8Array(12).fill(byte));

    expect(seal('张三', 1)).not.toBe(seal('张三', 2));
    expect(bytesOf(seal('张三', 1)).includes(Buffer.from('张三'))).toBe(false);
    expect(bytesOf(seal('张三', 1))).toHaveLength(12 + 16 + 6);
  });
});

describe('a blind index', () => {
  test('is the same for the same value, and for no other key, field or value', () => {
    const index = blindIndex(KEY, 'identityNumber', '11010519491231002X');

    expect(index).toMatch(/^[\w-]{27}$/);
    expect(blindIndex(KEY, 'identityNumber', '11010519491231002X')).toBe(index);
    expect(
      new Set([
        index,
        blindIndex(OTHER, 'identityNumber', '11010519491231002X'),
        blindIndex(KEY, 'account', '11010519491231002X'),
        blindIndex(KEY, 'identityNumber', '11010519491231002x'),
      ]).size,
    ).toBe(4);
  });
});

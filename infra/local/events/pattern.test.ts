import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../aws-service.ts';
import { compilePattern } from './pattern.ts';

const event: JsonObject = {
  source: 'disbursement',
  'detail-type': 'run-opened.v1',
  resources: [],
  detail: {
    state: 'open',
    amount: 5,
    ip: '10.0.0.9',
    ip6: '2001:db8::7',
    path: '/files/2026/bank.CSV',
    tags: ['rural', 'urban'],
    lines: [
      { kind: 'a', amount: 1 },
      { kind: 'b', amount: 2 },
    ],
    nothing: null,
    flag: true,
    literal: 'a*b\\c',
    nested: { deep: { value: 'x' } },
  },
};

const cases: readonly [boolean, JsonObject][] = [
  [true, { source: ['disbursement', 'children'] }],
  [false, { source: ['Disbursement'] }],
  [false, { source: ['disbursement'], 'detail-type': ['other'] }],
  [true, { detail: { amount: [5], flag: [true], nothing: [null] } }],
  [false, { detail: { amount: ['5'] } }],
  [false, { detail: { missing: [null] } }],
  [true, { source: [{ prefix: 'dis' }] }],
  [true, { source: [{ prefix: { 'equals-ignore-case': 'DIS' } }] }],
  [false, { detail: { path: [{ suffix: '.csv' }] } }],
  [true, { detail: { path: [{ suffix: { 'equals-ignore-case': '.csv' } }] } }],
  [true, { detail: { state: [{ 'equals-ignore-case': 'OPEN' }] } }],
  [true, { detail: { amount: [{ numeric: ['>', 0, '<=', 5] }] } }],
  [true, { detail: { amount: [{ numeric: ['=', 5] }] } }],
  [false, { detail: { amount: [{ numeric: ['<', 5] }] } }],
  [false, { detail: { state: [{ numeric: ['<', 5] }] } }],
  [true, { detail: { ip: [{ cidr: '10.0.0.0/24' }] } }],
  [false, { detail: { ip: [{ cidr: '10.0.1.0/24' }] } }],
  [true, { detail: { ip6: [{ cidr: '2001:db8::/32' }] } }],
  [false, { detail: { state: [{ cidr: '10.0.0.0/24' }] } }],
  [
    true,
    { detail: { state: [{ exists: true }], missing: [{ exists: false }], nothing: [{ exists: true }] } },
  ],
  [false, { detail: { state: [{ exists: false }] } }],
  [false, { detail: { nested: [{ exists: true }] } }],
  [true, { detail: { absent: { deeper: [{ exists: false }] } } }],
  [true, { resources: [{ exists: false }] }],
  [true, { detail: { state: [{ 'anything-but': 'closed' }] } }],
  [false, { detail: { state: [{ 'anything-but': ['closed', 'open'] }] } }],
  [false, { detail: { amount: [{ 'anything-but': 5 }] } }],
  [false, { detail: { state: [{ 'anything-but': { prefix: 'op' } }] } }],
  [false, { detail: { state: [{ 'anything-but': { prefix: ['x', 'op'] } }] } }],
  [true, { detail: { path: [{ 'anything-but': { suffix: '.csv' } }] } }],
  [false, { detail: { state: [{ 'anything-but': { 'equals-ignore-case': ['OPEN'] } }] } }],
  [false, { detail: { path: [{ 'anything-but': { wildcard: '*/2026/*' } }] } }],
  [false, { detail: { missing: [{ 'anything-but': 'x' }] } }],
  [true, { detail: { path: [{ wildcard: '/files/*/bank.*' }] } }],
  [false, { detail: { path: [{ wildcard: '/files/*/bank.csv' }] } }],
  [true, { detail: { literal: [{ wildcard: 'a\\*b\\\\*' }] } }],
  [true, { detail: { tags: ['urban'] } }],
  [true, { detail: { tags: [{ 'anything-but': 'urban' }] } }],
  [true, { detail: { lines: { kind: ['b'], amount: [2] } } }],
  [false, { detail: { lines: { kind: ['a'], amount: [2] } } }],
  [false, { detail: { lines: { kind: [{ exists: false }] } } }],
  [true, { $or: [{ source: ['other'] }, { detail: { amount: [5] } }] }],
  [false, { detail: { $or: [{ amount: [6] }, { state: ['closed'] }] } }],
  [true, { detail: { state: ['open'], $or: [{ amount: [6] }, { flag: [true] }] } }],
];

test.each(cases)('matching is %s for %j', (expected, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(expected);
});

const refused: readonly [string, JsonObject][] = [
  ['must be an object or an array', { source: 'disbursement' }],
  ['Empty objects are not allowed', {}],
  ['Empty objects are not allowed', { detail: {} }],
  ['Empty arrays are not allowed', { source: [] }],
  ['unrecognised match type regex', { source: [{ regex: 'x' }] }],
  ['exactly one operator', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['not both', { source: [{ 'anything-but': ['a', 1] }] }],
  ['not both', { source: [{ 'anything-but': [] }] }],
  ['anything-but knows no numeric', { source: [{ 'anything-but': { numeric: ['=', 1] } }] }],
  ['numeric knows no "!="', { a: [{ numeric: ['!=', 1] }] }],
  ['lower to an upper bound', { a: [{ numeric: ['<', 1, '>', 2] }] }],
  ['numbers up to', { a: [{ numeric: ['<', 6e9] }] }],
  ['no two * in a row', { a: [{ wildcard: 'a**' }] }],
  ['backslash', { a: [{ wildcard: 'a\\b' }] }],
  ['at least two objects', { $or: [{ a: ['b'] }] }],
  ['exists needs true or false', { a: [{ exists: 'yes' }] }],
  ['cidr needs', { a: [{ cidr: '10.0.0.0' }] }],
  ['an array in an array', { a: [['b']] }],
];

test.each(refused)('a pattern is refused because %s: %j', (reason, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(reason);
  expect(() => compilePattern(pattern)).toThrow(
    expect.objectContaining({ type: 'InvalidEventPatternException' }),
  );
});

test('for a value that is there, anything-but is the opposite of equality, prefix, suffix and wildcard', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      short,
      short,
      fc.constantFrom('prefix', 'suffix', 'equals-ignore-case', 'wildcard'),
      (value, operand, operator) => {
        const positive = compilePattern({ field: [{ [operator]: operand }] })({ field: value });
        const negative = compilePattern({ field: [{ 'anything-but': { [operator]: operand } }] })({
          field: value,
        });
        expect(negative).toBe(!positive);
      },
    ),
  );
});

test('any text matches the wildcard made of it by escaping', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const escaped = value.replace(/[*\\]/g, '\\$&');
      expect(compilePattern({ field: [{ wildcard: escaped }] })({ field: value })).toBe(true);
      expect(compilePattern({ field: [{ wildcard: `${escaped}x` }] })({ field: value })).toBe(false);
    }),
  );
});

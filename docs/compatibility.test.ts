import { expect, test } from 'vitest';
import { breaksBetween, eventBreaks } from './compatibility.ts';

const before = {
  type: 'object',
  properties: {
    runId: { type: 'string' },
    note: { type: 'string' },
    files: {
      type: 'array',
      items: { type: 'object', properties: { lines: { type: 'integer' } }, required: ['lines'] },
    },
  },
  required: ['runId', 'files'],
};
const { runId, note, files } = before.properties;

test('a new optional field breaks nobody', () => {
  const after = { ...before, properties: { ...before.properties, programme: { type: 'string' } } };

  expect(breaksBetween(before, after, 'event')).toEqual([]);
});

test('a field that has gone is named', () => {
  const after = { ...before, properties: { runId, files } };

  expect(breaksBetween(before, after, 'event')).toEqual(['event/note is gone']);
});

test('a field that has become required is named, since frozen and archived events lack it', () => {
  const after = { ...before, required: ['runId', 'files', 'note'] };

  expect(breaksBetween(before, after, 'event')).toEqual(['event/note has become required']);
});

test('a required field that may now be missing is named, since consumers count on it', () => {
  expect(breaksBetween(before, { ...before, required: ['runId'] }, 'event')).toEqual([
    'event/files may now be missing',
  ]);
});

test('a change inside a list is named with its path', () => {
  const items = { ...files.items, properties: { lines: { type: 'string' } } };
  const after = { ...before, properties: { runId, note, files: { ...files, items } } };

  expect(breaksBetween(before, after, 'event')).toEqual(['event/files[]/lines was integer and is string']);
});

test('an event that is published no more breaks its consumers; a new one breaks nobody', () => {
  const document = (...types: readonly string[]) => ({
    components: { messages: Object.fromEntries(types.map((type) => [type, { payload: before }])) },
  });

  expect(eventBreaks(document('a.v1', 'b.v1'), document('a.v1', 'a.v2'))).toEqual(['b.v1 is gone']);
});

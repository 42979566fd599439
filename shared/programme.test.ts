import { describe, expect, test } from 'vitest';
import { exclusiveGroupOf, programmeNamed, programmeOfCode, programmes } from './programme.ts';

describe('programmes', () => {
  test('each is found by its name, its other names and its code', () => {
    for (const programme of programmes) {
      expect(programmeOfCode(programme.code)).toBe(programme);
      for (const name of [programme.name, ...programme.names]) expect(programmeNamed(name)).toBe(programme);
    }
    expect(programmeNamed('最低生活保障')?.name).toBe('低保');
  });

  test('an unknown name is none', () => {
    expect(programmeNamed('高温补贴')).toBeUndefined();
    expect(programmeNamed('')).toBeUndefined();
  });

  test('no name and no purpose code means two programmes', () => {
    const all = programmes.flatMap(({ name, names }) => [name, ...names]);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(programmes.map(({ purposeCode }) => purposeCode)).size).toBe(programmes.length);
  });

  test('purpose codes fit a file name and a bank file', () => {
    for (const { purposeCode } of programmes) expect(purposeCode).toMatch(/^[A-Z0-9]{1,10}$/);
  });

  test('dibao, destitute and child exclude each other; a director may also live on dibao', () => {
    expect(exclusiveGroupOf('dibao')).toBeDefined();
    expect(exclusiveGroupOf('destitute')).toBe(exclusiveGroupOf('dibao'));
    expect(exclusiveGroupOf('child')).toBe(exclusiveGroupOf('dibao'));
    expect(exclusiveGroupOf('child-director')).toBeUndefined();
  });
});

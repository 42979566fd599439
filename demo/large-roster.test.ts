import { describe, expect, test } from 'vitest';
import { readRosterFile } from '../functions/disbursement/roster-file.ts';
import { checkRoster } from '../functions/disbursement/roster-row.ts';
import { AreaCode, townOf, townsOf } from '../shared/area.ts';
import { Month } from '../shared/month.ts';
import { largeRoster } from './large-roster.ts';

const MONTH = Month.parse('2021-09');
const COUNT = 5_000;
const text = largeRoster(COUNT, MONTH, 3);

describe('a large roster', () => {
  test('it has as many rows as were asked for, each of which passes the checks of an import', async () => {
    const file = await readRosterFile(new TextEncoder().encode(text));
    if ('problem' in file) throw new Error(file.problem);
    const { rows, findings } = checkRoster(file.rows, '2021-09-01');
    expect(findings.filter(({ refused }) => refused)).toEqual([]);
    expect(rows).toHaveLength(COUNT);
    expect(new Set(rows.map(({ identityNumber }) => identityNumber)).size).toBe(COUNT);
    expect(new Set(rows.map(({ areaCode }) => townOf(areaCode)))).toEqual(
      new Set(townsOf(AreaCode.parse('330702000000'))),
    );
    const paid = rows.filter(({ payee }) => payee !== undefined).length / COUNT;
    expect(paid).toBeGreaterThan(0.983);
    expect(paid).toBeLessThan(0.994);
  });

  test('a seed always gives the same rows, and a longer roster begins like a shorter one', () => {
    expect(largeRoster(COUNT, MONTH, 3)).toBe(text);
    expect(largeRoster(COUNT + 50, MONTH, 3).startsWith(text)).toBe(true);
    expect(largeRoster(COUNT, MONTH, 4)).not.toBe(text);
  });
});

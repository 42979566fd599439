import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEDGER, openBench } from '../../infra/local/dynamodb/in-process-client.ts';
import { getItem, openTable, transact } from '../../shared/dynamo.ts';
import { findEntitlement, recordVersion } from './entitlement-store.ts';
import { entitledTo } from './sample-entitlement.ts';
import { keys } from './table.ts';

const person = (which: string) => ({ name: `k.${which}`, person: which, fingerprint: which });
const anyVersions = fc.array(
  fc.record({
    who: fc.constantFrom('a', 'b', 'c'),
    amountFen: fc.integer({ min: 0, max: 200_000 }),
    proof: fc.option(fc.string(), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('an entitlement is read as it was written, and keeps each of its persons once', async () => {
  await fc.assert(
    fc.asyncProperty(anyVersions, async (sketches) => {
      const table = openTable('ledger', openBench([LEDGER]).client);
      const written = entitledTo(...sketches.map(({ who, ...content }) => ({ ...content, ...person(who) })));
      await transact(table, recordVersion(table, undefined, written));
      const item = await getItem(table, keys.entitlement(written.programme, written.caseNo));

      expect(await findEntitlement(table, written.programme, written.caseNo)).toEqual(written);
      expect(JSON.parse(String(item?.people))).toHaveLength(new Set(sketches.map(({ who }) => who)).size);
    }),
    { numRuns: 20 },
  );
});

test('a person who comes back is kept where he was', async () => {
  const table = openTable('ledger', openBench([LEDGER]).client);
  const versions = ['a', 'b', 'a'].map(person);
  const [one, two, three] = [1, 2, 3].map((count) => entitledTo(...versions.slice(0, count)));
  if (!one || !two || !three) expect.unreachable();
  for (const [before, next] of [[undefined, one] as const, [one, two] as const, [two, three] as const])
    await transact(table, recordVersion(table, before, next));

  const item = await getItem(table, keys.entitlement('dibao', one.caseNo));
  expect(JSON.parse(String(item?.versions)).map(({ who }: { who: number }) => who)).toEqual([0, 1, 0]);
});

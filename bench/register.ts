import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { perhapsAccount } from '../demo/account.ts';
import { caseNoOf, villages } from '../demo/case.ts';
import { between, chanceFrom, oneOf, weighted } from '../demo/chance.ts';
import { type Person, peopleInventor } from '../demo/person.ts';
import type { Case } from '../functions/assistance/case.ts';
import { reviewOf } from '../functions/assistance/case-review.ts';
import { writeCases } from '../functions/assistance/case-store.ts';
import { determinationsMade } from '../functions/assistance/determinations-made.ts';
import { amountFor } from '../functions/assistance/evaluate.ts';
import { HouseholdFacts } from '../functions/assistance/facts.ts';
import { payeeOf, sealAccount, sealPersons } from '../functions/assistance/identity.ts';
import { assistanceTable, PARTITIONS, partitionOf } from '../functions/assistance/table.ts';
import { environments, nameIn, platformNames } from '../infra/environments.ts';
import type { Cloud } from '../infra/local/cloud.ts';
import type { AreaCode } from '../shared/area.ts';
import { dateAt, systemClock } from '../shared/clock.ts';
import { openKeyService } from '../shared/data-key.ts';
import { openTable, type Table, transact } from '../shared/dynamo.ts';
import { handoverIn } from '../shared/handover.ts';
import { birthDateOf, sexOf } from '../shared/identity-number.ts';
import { keyring, type Seals } from '../shared/keyring.ts';
import type { Fen } from '../shared/money.ts';
import { Month, monthOfDate } from '../shared/month.ts';
import { openObjects } from '../shared/objects.ts';
import { announce } from '../shared/outbox.ts';
import { shipped } from '../shared/parameter.ts';
import type { TableDefinition } from '../shared/table.ts';

/** The bench's register: households on the allowance, as applications or an import would have left them. */

const REGISTERED_FROM = Month.parse('2021-03');
const SIZES = [
  { persons: 1, weight: 74 },
  { persons: 2, weight: 16 },
  { persons: 3, weight: 6 },
  { persons: 4, weight: 3 },
  { persons: 5, weight: 1 },
];
const RELATIONS = ['head', 'spouse', 'child', 'child', 'child'] as const;

type BenchHousehold = {
  readonly caseNo: string;
  readonly village: AreaCode;
  readonly persons: readonly Person[];
  readonly account: ReturnType<typeof perhapsAccount>;
  readonly facts: HouseholdFacts;
};

/**
 * Households below the standard of 850 yuan a head, village by village, whose members and incomes differ as much as the rules
 * distinguish.
 */
export const benchHouseholds = function* (count: number, seed: string): Generator<BenchHousehold> {
  const chance = chanceFrom(`${seed}/register`);
  const invent = peopleInventor();
  for (let place = 1; place <= count; place++) {
    const village = villages[Math.floor(((place - 1) / count) * villages.length)] ?? oneOf(chance, villages);
    const size = weighted(chance, SIZES).persons;
    const persons = RELATIONS.slice(0, size).map((relation) =>
      relation === 'child' ? invent(chance, 1995, 2018) : invent(chance, 1938, 1980),
    );
    const facts = HouseholdFacts.parse({
      areaCode: village,
      residence: chance() < 0.5 ? 'rural' : 'urban',
      members: persons.map(({ identityNumber }, index) => ({
        memberId: `m${index + 1}`,
        relation: RELATIONS[index],
        sex: sexOf(identityNumber),
        born: birthDateOf(identityNumber),
        ...(chance() < 0.2 ? { disability: { category: 'physical', grade: between(chance, 1, 4) } } : {}),
        stillInNeed: chance() < 0.1,
        incomes: chance() < 0.5 ? [] : [{ kind: 'transfer', monthlyFen: between(chance, 0, 800) * 100 }],
      })),
      property: { moneyFen: between(chance, 0, 20_000) * 100 },
      supporters:
        chance() < 0.3 ? [{ relation: 'child', perCapitaMonthlyFen: between(chance, 500, 1_200) * 100 }] : [],
    });
    const account = perhapsAccount(chance, persons[0]?.name ?? '', village);
    yield { caseNo: caseNoOf('dibao', 2021, place), village, persons, account, facts };
  }
};

const caseOf = (seals: Seals, household: BenchHousehold, at: string): Case => {
  const { caseNo, village, persons, account, facts } = household;
  const { amountFen, persons: counted } = amountFor(facts, 'dibao', REGISTERED_FROM, shipped);
  const written = Object.fromEntries(persons.map((person, index) => [`m${index + 1}`, person]));
  return {
    caseNo,
    programme: 'dibao',
    single: false,
    state: 'active',
    areaCode: village,
    facts,
    factsVersion: 1,
    dossierVersion: 1,
    identities: sealPersons(seals, caseNo, written, dateAt(at)),
    ...(account
      ? {
          account: sealAccount(seals, caseNo, {
            account: account.account,
            accountName: account.holder,
            bank: account.bank,
          }),
        }
      : {}),
    amountFen: amountFen as Fen,
    persons: counted,
    determinations: [
      {
        number: 1,
        kind: 'new',
        reason: 'register',
        from: REGISTERED_FROM,
        amountFen: amountFen as Fen,
        persons: counted,
        factsVersion: 1,
        madeAt: at,
        maker: 'bench-1',
        checkers: ['bench-2'],
        areaCode: village,
        origin: 'import/bench',
      },
    ],
    relatedToOfficer: false,
    ...reviewOf(facts, monthOfDate(dateAt(at)), shipped),
    version: 1,
  };
};

/** A case, its dossier, its facts and up to five persons, and the counts of the towns: within the hundred writes of a transaction. */
const GROUP = 10;
const WRITERS = 8;

/** A context's own table on a local cloud. */
export const tableOn = (cloud: Cloud, { context }: TableDefinition): Table => {
  const { local } = environments;
  const client = new DynamoDBClient({
    endpoint: cloud.awsUrl,
    region: local.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return openTable(nameIn(local, context), client);
};

/** The assistance context's own table, keys and handover bucket on a local cloud, as one of its functions would have them. */
const contextOn = (cloud: Cloud) => {
  const { local } = environments;
  const names = platformNames(local);
  const env = {
    AWS_ENDPOINT_URL: cloud.awsUrl,
    AWS_REGION: local.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const table = tableOn(cloud, assistanceTable);
  return {
    table,
    seals: keyring(table, openKeyService(names.keyAlias, env), systemClock),
    handover: handoverIn(openObjects(names.handoverBucket, env)),
  };
};

/** Of one part of the register each, as an import records them. */
const groupsOf = function* (
  households: Iterable<BenchHousehold>,
): Generator<readonly [number, BenchHousehold[]]> {
  const parts = Array.from({ length: PARTITIONS }, (): BenchHousehold[] => []);
  let number = 0;
  for (const household of households) {
    const part = parts[partitionOf(household.caseNo)];
    if (part?.push(household) === GROUP) yield [number++, part.splice(0)];
  }
  for (const part of parts) if (part.length > 0) yield [number++, part];
};

/**
 * Puts households on the register and tells payments of them, in the way the register's import does. They are made as they are
 * written, so that the bench's own memory does not count as the product's.
 */
export const seedRegister = async (cloud: Cloud, households: Iterable<BenchHousehold>): Promise<void> => {
  const { table, seals, handover } = contextOn(cloud);
  const open = await seals();
  const groups = groupsOf(households);
  const writer = async () => {
    for (const [number, group] of groups) {
      const at = systemClock();
      const cases = group.map((household) => caseOf(open, household, at));
      const key = `assistance/import/bench/${number}`;
      await handover.give(
        key,
        Object.fromEntries(cases.map((known) => [known.caseNo, payeeOf(open, known)])),
      );
      const making = {
        origin: 'import/bench',
        which: String(number),
        at,
        correlationId: 'bench',
        handover: key,
      };
      const { committed } = await transact(table, [
        ...writeCases(
          table,
          cases.map((next) => ({ next })),
        ),
        announce(table, determinationsMade(cases, making)),
      ]);
      if (!committed) throw new Error('The bench found its register written already.');
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
};

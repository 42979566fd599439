import { townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import type { Handover, Payees } from '../../shared/handover.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { aidOf, type Case, isPaid } from './case.ts';
import { reviewOf } from './case-review.ts';
import { findStandings, writeCases } from './case-store.ts';
import { determinationsMade } from './determinations-made.ts';
import { amountFor } from './evaluate.ts';
import { householdOf } from './household.ts';
import { sealAccount, sealPersons } from './identity.ts';
import { type Fresh, importOrigin } from './register-check.ts';
import { personsIn } from './register-household.ts';
import type { RegisterImport } from './register-import.ts';
import { rulesFor } from './rules.ts';
import { PARTITIONS, partitionOf } from './table.ts';

/** From households of an accepted register to cases. */

export type Recording = {
  readonly table: Table;
  readonly seals: Seals;
  readonly handover: Pick<Handover, 'give'>;
  readonly accepted: RegisterImport & { readonly decidedAt: string; readonly decidedBy: string };
  readonly parameters: ParameterSet;
  readonly correlationId: string;
};

/** The case of a household as the register has it: the amount of the file, until somebody reviews it. */
const caseOf = (household: Fresh, { seals, accepted, parameters }: Recording): Case => {
  const { caseNo, programme, facts, persons, account, amountFen, from, fingerprint, alone } = household;
  const single = alone.length > 0;
  const { importId, receivedBy, decidedAt, decidedBy } = accepted;
  const today = dateAt(decidedAt);
  const present = monthOfDate(today);
  const inExit =
    programme === 'dibao' && householdOf(facts, rulesFor(parameters, present)).income.leftOutFen > 0;
  const aid = aidOf({ programme, single });
  const reckoned = amountFor(facts, aid, from > present ? from : present, parameters);
  const number = reckoned.eligible ? reckoned.persons : personsIn(household);
  return {
    caseNo,
    programme,
    single,
    state: inExit ? 'gradual-exit' : 'active',
    areaCode: facts.areaCode,
    facts,
    factsVersion: 1,
    dossierVersion: 1,
    identities: sealPersons(seals, caseNo, persons, today),
    ...(account ? { account: sealAccount(seals, caseNo, account) } : {}),
    amountFen,
    persons: number,
    determinations: [
      {
        number: 1,
        kind: 'new',
        reason: 'register',
        from,
        amountFen,
        persons: number,
        factsVersion: 1,
        madeAt: decidedAt,
        maker: receivedBy,
        checkers: [decidedBy],
        areaCode: facts.areaCode,
        origin: importOrigin(importId),
      },
    ],
    relatedToOfficer: false,
    ...reviewOf(facts, present, parameters),
    registered: fingerprint,
    version: 1,
  };
};

/** Payments take at most as many determinations in one message. */
const GROUP = 25;
/** AWS takes 100 writes a transaction; some are left for the event. */
const WRITES = 96;
/** A case, its dossier, its facts, its count, the name of its head, and that each member belongs to it. */
const writesOf = ({ persons }: Fresh): number => 5 + Object.keys(persons).length;

/** Households in groups of one transaction each. */
const grouped = (households: readonly Fresh[]): Fresh[][] => {
  const groups: Fresh[][] = [];
  let room = 0;
  for (const household of households) {
    const group = groups.at(-1);
    const writes = writesOf(household);
    if (group && group.length < GROUP && writes <= room) {
      group.push(household);
      room -= writes;
    } else {
      groups.push([household]);
      room = WRITES - writes;
    }
  }
  return groups;
};

/**
 * The groups of each part of the register, in the order of its towns. Parts are recorded side by side and groups of a part one
 * after the other, so that no two transactions add to the same count at once.
 */
export const partsOf = (fresh: readonly Fresh[]): Fresh[][][] => {
  const parts = Array.from({ length: PARTITIONS }, (): Fresh[] => []);
  for (const household of fresh) parts[partitionOf(household.caseNo)]?.push(household);
  const town = ({ facts }: Fresh) => townOf(facts.areaCode);
  return parts.map((part) => grouped(part.toSorted((a, b) => (town(a) < town(b) ? -1 : 1))));
};

const payeesOf = (households: readonly Fresh[]): Payees =>
  Object.fromEntries(
    households
      .filter(({ programme }) => isPaid(programme))
      .flatMap(({ caseNo, facts, persons, account }) => {
        const head = facts.members.find(({ relation }) => relation === 'head');
        const person = head && persons[head.memberId];
        return person ? [[caseNo, { ...person, ...account }] as const] : [];
      }),
  );

/**
 * Records one group; gives how many of its households became cases. It is named by its first case: begun again after an
 * interruption, groups are made of what is left, and none may take the name of one that was announced. Persons are handed over
 * before the transaction; if we die in between, nobody was told of them. A number that was taken meanwhile is left to whoever
 * took it.
 */
export const recordGroup = async (recording: Recording, households: readonly Fresh[]): Promise<number> => {
  const { table, handover, accepted, correlationId } = recording;
  const origin = importOrigin(accepted.importId);
  for (let left = households; left[0]; ) {
    const which = left[0].caseNo;
    const payees = payeesOf(left);
    const handedOver = Object.keys(payees).length > 0 ? `assistance/${origin}/${which}` : undefined;
    if (handedOver) await handover.give(handedOver, payees);
    const cases = left.map((household) => caseOf(household, recording));
    const changes = cases.map((next) => ({ next }));
    const fact = { origin, which, at: accepted.decidedAt, correlationId, handover: handedOver };
    const { committed } = await transact(table, [
      ...writeCases(table, changes),
      announce(table, determinationsMade(cases, fact)),
    ]);
    if (committed) return cases.length;
    const taken = await findStandings(
      table,
      left.map(({ caseNo }) => caseNo),
    );
    if (taken.length === 0) throw new Error(`The group ${which} of ${origin} lost to nobody.`);
    const numbers = new Set(taken.map(({ caseNo }) => caseNo));
    left = left.filter(({ caseNo }) => !numbers.has(caseNo));
  }
  return 0;
};

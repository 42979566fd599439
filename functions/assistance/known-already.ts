import type * as z from 'zod';
import { getItems, putNew, putOver, queryAll, type Table, type Write, within } from '../../shared/dynamo.ts';
import { Application, type ApplicationState, stateNames } from './application.ts';
import type { KnownAlready } from './application-answers.ts';
import { type Case, type Identity, isPaid } from './case.ts';
import { findCases } from './case-store.ts';
import { programmeName } from './decision-letter.ts';
import { isCounted } from './facts.ts';
import { keys } from './table.ts';

/** Whether the persons of an application are in another application or on the register already (B14). */

type Identities = Readonly<Record<string, Pick<Identity, 'person'>>>;
export type Found = {
  readonly memberId: string;
  readonly application?: Application;
  readonly known?: Case;
};

const closed: readonly ApplicationState[] = ['draft', 'approved', 'refused', 'withdrawn'];

const holds = (identities: Identities, person: string): boolean =>
  Object.values(identities).some((identity) => identity.person === person);

/** A person counts in a case while it is on the register and the person is counted in its household. */
const countsIn = ({ state, identities, facts }: Case, person: string): boolean =>
  state !== 'ended' &&
  facts.members.some((member) => isCounted(member) && identities[member.memberId]?.person === person);

const subjectsOf = async (table: Table, person: string): Promise<string[]> => {
  const subjects: string[] = [];
  for await (const { sk } of queryAll(table, within(keys.person(person, '').pk))) subjects.push(String(sk));
  return subjects;
};

const afterPrefix = (subjects: readonly string[], prefix: string): string[] =>
  subjects.filter((subject) => subject.startsWith(prefix)).map((subject) => subject.slice(prefix.length));

/** Every open application but `self`, and every case, in which one of the persons counts. */
export const findKnown = async (table: Table, identities: Identities, self?: string): Promise<Found[]> => {
  const found = await Promise.all(
    Object.entries(identities).map(async ([memberId, { person }]): Promise<Found[]> => {
      const subjects = await subjectsOf(table, person);
      const others = afterPrefix(subjects, 'application/').filter((number) => number !== self);
      const items = await getItems(table, others.map(keys.application));
      const cases = await findCases(table, afterPrefix(subjects, 'case/'));
      return [
        ...items
          .map((item) => Application.parse(item))
          // A person who was left out by an amendment is in it no longer.
          .filter(({ state, identities: own }) => !closed.includes(state) && holds(own, person))
          .map((application) => ({ memberId, application })),
        ...cases.filter((known) => countsIn(known, person)).map((known) => ({ memberId, known })),
      ];
    }),
  );
  return found.flat();
};

export const viewKnown = ({ memberId, application, known }: Found): z.input<typeof KnownAlready>[] => {
  if (application) {
    const { applicationNo: number, state } = application;
    const text = `成员 ${memberId} 已在另一件申请中(${number},${stateNames[state]})`;
    return [{ memberId, code: 'IN_OPEN_APPLICATION', number, excludes: false, text }];
  }
  if (!known) return [];
  const { caseNo: number, programme } = known;
  const excludes = isPaid(programme);
  const text = `成员 ${memberId} 已是${programmeName(programme)}对象(${number})${excludes ? ',批准本申请前应先办理变更或停发' : ''}`;
  return [{ memberId, code: 'ON_REGISTER', number, programme, excludes, text }];
};

/**
 * What makes deciding about a person one at a time: read before the look-up above, written with the decision. Of two decisions
 * about one person at the same moment one loses, looks again and finds the other's case.
 */
export const readAdmissions = async (
  table: Table,
  persons: readonly string[],
): Promise<(table: Table) => Write[]> => {
  const items = await getItems(table, persons.map(keys.admission));
  const versions = new Map(items.map(({ pk, version }) => [String(pk), Number(version)]));
  return (to) =>
    persons.map((person) => {
      const key = keys.admission(person);
      const read = versions.get(key.pk);
      return read === undefined
        ? putNew(to, { ...key, version: 1 })
        : putOver(to, { ...key, version: read + 1 }, read);
    });
};

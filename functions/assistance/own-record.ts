import type * as z from 'zod';
import { dateAt } from '../../shared/clock.ts';
import { getItem, queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount } from '../../shared/mask.ts';
import { yuanText } from '../../shared/money.ts';
import { type Application, type StepName, stateNames } from './application.ts';
import type { OwnDetailView, OwnView } from './application-answers.ts';
import { findApplication } from './application-store.ts';
import { headNameOf, letterOf, missingNames, stepNames, viewDue } from './application-view.ts';
import { type Case, caseStateNames } from './case.ts';
import { findCase } from './case-store.ts';
import { monthText, programmeName } from './decision-letter.ts';
import { kindNames, reasonNames } from './determination.ts';
import { countedMembers } from './facts.ts';
import { headOf, openAccount, openPerson } from './identity.ts';
import { keys } from './table.ts';

/** What a citizen sees of his own: where it stands and what comes of it, nothing of others and nothing of the inquiry. */

export type OwnRecord =
  | { readonly kind: 'application'; readonly application: Application }
  | { readonly kind: 'case'; readonly known: Case };

const APPLICATION = 'application/';
const CASE = 'case/';

const recordOf = async (table: Table, subject: string): Promise<OwnRecord | undefined> => {
  if (subject.startsWith(CASE)) {
    const known = await findCase(table, subject.slice(CASE.length));
    return known && { kind: 'case', known };
  }
  const application = await findApplication(table, subject.slice(APPLICATION.length));
  return application && { kind: 'application', application };
};

/** A citizen has a handful of them. */
export const ownRecords = async (table: Table, citizenId: string): Promise<OwnRecord[]> => {
  const subjects: string[] = [];
  for await (const { sk } of queryAll(table, within(keys.citizen(citizenId, '').pk)))
    subjects.push(String(sk));
  const records = await Promise.all(subjects.map((subject) => recordOf(table, subject)));
  return records.filter((record) => record !== undefined);
};

/** One of a citizen's own by its number; undefined for anybody else's. */
export const ownRecord = async (
  table: Table,
  citizenId: string,
  number: string,
): Promise<OwnRecord | undefined> => {
  for (const subject of [`${APPLICATION}${number}`, `${CASE}${number}`])
    if (await getItem(table, keys.citizen(citizenId, subject))) return recordOf(table, subject);
  return undefined;
};

export const viewOwn = (record: OwnRecord): z.input<typeof OwnView> => {
  if (record.kind === 'application') {
    const { applicationNo: number, state, receivedOn: since } = record.application;
    return { kind: 'application', number, state, stateName: stateNames[state], since };
  }
  const { caseNo: number, state, programme, determinations } = record.known;
  return {
    kind: 'case',
    number,
    state,
    stateName: caseStateNames[state],
    programme,
    programmeName: programmeName(programme),
    since: determinations[0]?.from ?? '',
  };
};

/** The steps that concern the applicant; visits, checks and who objected are the office's. */
const toldSteps: readonly StepName[] = [
  'submitted',
  'documents-asked',
  'accepted',
  'forwarded',
  'approved',
  'refused',
  'withdrawn',
  'notice-delivered',
];

const applicationDetail = (
  application: Application,
  { seals, today, reconsiderationDays }: Reading,
): z.input<typeof OwnDetailView> => {
  const headName = headNameOf(application, seals);
  const { applicationNo, account, due, steps, facts } = application;
  return {
    ...viewOwn({ kind: 'application', application }),
    headName,
    persons: countedMembers(facts).length,
    ...(account ? { account: maskAccount(openAccount(seals, applicationNo, account).account) } : {}),
    ...(due ? { due: viewDue(due, today) } : {}),
    missingDocuments: application.state === 'supplementing' ? missingNames(application) : [],
    history: steps
      .filter(({ step }) => toldSteps.includes(step))
      .map(({ step, at, note }) => ({
        on: dateAt(at),
        text: step === 'documents-asked' && note ? note : stepNames[step],
      })),
    letter: letterOf(application, headName, reconsiderationDays),
  };
};

const caseDetail = (known: Case, { seals }: Reading): z.input<typeof OwnDetailView> => {
  const { caseNo, facts, identities, account, persons, amountFen, determinations } = known;
  const { memberId } = headOf(facts);
  const identity = identities[memberId];
  return {
    ...viewOwn({ kind: 'case', known }),
    headName: identity ? openPerson(seals, caseNo, memberId, identity).name : '',
    persons,
    amountFen,
    ...(account ? { account: maskAccount(openAccount(seals, caseNo, account).account) } : {}),
    missingDocuments: [],
    history: determinations.map(({ madeAt, kind, reason, from, amountFen: fen }) => ({
      on: dateAt(madeAt),
      text: `${kindNames[kind]}(${reasonNames[reason]}):自${monthText(from)}起每月 ${yuanText(fen)} 元`,
    })),
  };
};

type Reading = { readonly seals: Seals; readonly today: string; readonly reconsiderationDays: number };
export const viewOwnDetail = (record: OwnRecord, reading: Reading): z.input<typeof OwnDetailView> =>
  record.kind === 'application'
    ? applicationDetail(record.application, reading)
    : caseDetail(record.known, reading);

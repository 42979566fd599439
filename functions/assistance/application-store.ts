import { ApplicationStepTaken } from '../../events/assistance.ts';
import { townOf } from '../../shared/area.ts';
import { getItem, type Item, putNew, type Table, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Call } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import type { Route } from '../../shared/route.ts';
import { Application, priorStates } from './application.ts';
import { dueIn, keys, listings } from './table.ts';

/** Reads and writes of applications. Listed by town, newest first; due by the date of the next step. */

const applicationItem = (application: Application): Item => {
  const { applicationNo, areaCode, receivedOn, due } = application;
  const town = townOf(areaCode);
  return {
    ...application,
    ...keys.application(applicationNo),
    listPk: listings.applicationsIn(town),
    listSk: `${receivedOn}#${applicationNo}`,
    ...(due === undefined ? {} : { duePk: dueIn(town), dueSk: `${due.date}#application#${applicationNo}` }),
  };
};

export const findApplication = async (
  table: Table,
  applicationNo: string,
): Promise<Application | undefined> => {
  const item = await getItem(table, keys.application(applicationNo));
  return item && Application.parse(item);
};

/** The facts as they were declared or amended, version by version, for whoever asks what changed on the way. */
const factsWrite = (table: Table, { applicationNo, factsVersion, facts }: Application): Write =>
  putNew(table, { ...keys.facts(applicationNo, factsVersion), facts });

/** That persons belong to an application; repeating it changes nothing. */
const personWrites = (table: Table, { applicationNo, identities }: Application): Write[] =>
  Object.values(identities).map(
    ({ person }): Write => ({
      Put: { TableName: table.name, Item: keys.person(person, `application/${applicationNo}`) },
    }),
  );

/** What a step is told of: who took it and where the application stands then. */
const announcement = (table: Table, next: Application, at: string, correlationId: string): Write => {
  const { applicationNo, areaCode, state, version, due } = next;
  const taken = next.steps.at(-1);
  if (!taken) throw new Error('An application has a first step.');
  const data = {
    applicationNo,
    areaCode,
    step: taken.step,
    state,
    by: taken.by,
    ...(due ? { dueOn: due.date } : {}),
  };
  const fact = { subject: `application/${applicationNo}`, which: String(version), at, correlationId, data };
  return announce(table, happened(ApplicationStepTaken, fact));
};

type Moment = Pick<Call<Route>, 'now' | 'correlationId'>;

export const newApplicationWrites = (
  table: Table,
  application: Application,
  { now, correlationId }: Moment,
): Write[] => [
  putNew(table, applicationItem(application)),
  factsWrite(table, application),
  ...personWrites(table, application),
  ...(application.citizenId === undefined
    ? []
    : [
        putNew(table, {
          ...keys.citizen(application.citizenId, `application/${application.applicationNo}`),
        }),
      ]),
  announcement(table, application, now, correlationId),
];

/**
 * Writes an application one step further and tells of it. The condition is the version that was read and the table of prior
 * states: the loser of a race finds the application changed and must read it again.
 */
export const stepWrites = (
  table: Table,
  next: Application,
  read: Application,
  { now, correlationId }: Moment,
): Write[] => {
  const from: readonly string[] = priorStates[next.state];
  const persons = next.identities === read.identities ? [] : personWrites(table, next);
  return [
    {
      Put: {
        TableName: table.name,
        Item: applicationItem(next),
        ConditionExpression: `#version = :read AND #state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
        ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
        ExpressionAttributeValues: {
          ':read': read.version,
          ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
        },
      },
    },
    ...(next.factsVersion === read.factsVersion ? [] : [factsWrite(table, next)]),
    ...persons,
    announcement(table, next, now, correlationId),
  ];
};

import { ResidentAdmitted } from '../../events/institutions.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { Move } from './residence.ts';
import { keepMove } from './residence-store.ts';

/** Keeps that a person moved into an institution. What cannot be put in order fails: it is kept with the dead letters. */
export const keepAdmission = (table: Table, clock: Clock) =>
  consume(ResidentAdmitted, async ({ data: { caseNo, creditCode, admittedOn: on, version: number } }) => {
    await keepMove(table, Move.parse({ caseNo, number, on, creditCode, recordedAt: clock() }));
  });

export const handler = composed(() =>
  keepAdmission(openTable(environment('TABLE_NAME').TABLE_NAME), systemClock),
);

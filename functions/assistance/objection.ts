import { ObjectionRaised } from '../../events/assistance.ts';
import type { Table, Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Call } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Route } from '../../shared/route.ts';
import { type Application, objectionOwner, surveyedAnew, withStep } from './application.ts';
import { resurveyAfter } from './application-clock.ts';
import { todayOf } from './application-command.ts';
import { endPublicity } from './publicity-store.ts';

/**
 * An objection ends the publicity and sends the household back to the survey: it is investigated, a new opinion is given and
 * published again (A.6). It is a complaint, so there are 15 days (A14). Who objects stays unknown to the household.
 */
export const objected = (
  table: Table,
  read: Application,
  said: { readonly text: string; readonly name?: string | undefined; readonly phone?: string | undefined },
  call: Pick<Call<Route>, 'officer' | 'now' | 'correlationId'> & {
    readonly seals: Seals;
    readonly parameters: ParameterSet;
  },
): { readonly next: Application; readonly further: readonly Write[]; readonly handleBy: string } => {
  const { officer, now: at, correlationId, seals, parameters } = call;
  const { applicationNo, areaCode } = read;
  const publicityId = read.publicity?.publicityId;
  if (publicityId === undefined) throw new Error('An objection is to a publicity.');
  const due = resurveyAfter(todayOf(call), parameters);
  const owner = objectionOwner(publicityId);
  const objection = {
    publicityId,
    at,
    by: officer.id,
    text: said.text,
    ...(said.name === undefined ? {} : { name: seals.seal(owner, 'name', said.name) }),
    ...(said.phone === undefined ? {} : { phone: seals.seal(owner, 'phone', said.phone) }),
  };
  const next = withStep(
    read,
    { step: 'objected', by: officer, at },
    { ...surveyedAnew(read), objections: [...read.objections, objection], due },
  );
  const data = { publicityId, applicationNo, areaCode, by: officer.id, handleBy: due.date };
  const fact = { subject: `application/${applicationNo}`, which: publicityId, at, correlationId, data };
  const further = [
    ...endPublicity(table, read, 'objected'),
    announce(table, happened(ObjectionRaised, fact)),
  ];
  return { next, further, handleBy: due.date };
};

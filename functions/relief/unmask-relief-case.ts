import { PersonalDataShown } from '../../events/relief.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Sealed } from '../../shared/seal.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { unmaskReliefCase } from './case-routes.ts';
import { caseFor } from './case-step.ts';
import { keys } from './table.ts';

/** Shows sealed fields in full. The record of who saw what and why is written first: no record, no look (rulebook I.7, PIPL 51). */
export const unmaskReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskReliefCase, deps, async (call) => {
    const { params, body, officer, now, correlationId } = call;
    const known = await caseFor(deps.table, call, params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const { caseNo, applicant, account } = known;
    const which = `${officer.id}-${correlationId}`;
    const shownEvent = happened(PersonalDataShown, {
      subject: `relief/${caseNo}`,
      which,
      at: now,
      correlationId,
      data: { caseNo, fields: body.fields, shownTo: officer.id },
    });
    const look = { ...keys.look(caseNo, now, which), fields: body.fields, reason: body.reason };
    const recorded = await transact(deps.table, [
      { Put: { TableName: deps.table.name, Item: look } },
      announce(deps.table, shownEvent),
    ]);
    if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
    log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: body.fields.join(','), correlationId });

    const open = await seals();
    const field = (name: (typeof body.fields)[number], sealed: Sealed | undefined) =>
      sealed && body.fields.includes(name) ? open.open(caseNo, name, sealed) : undefined;
    return reply(200, {
      identityNumber: field('identityNumber', applicant.identityNumber),
      account: field('account', account?.account),
      phone: field('phone', applicant.phone),
    });
  });

export const handler = composed(() => unmaskReliefCaseHandler(httpDeps(), sealsFromEnvironment()));

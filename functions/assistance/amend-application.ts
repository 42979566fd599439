import { isCounty, isKnownArea } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Application, type ApplicationState, withStep } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { amendApplication } from './application-routes.ts';
import { headNameOf, progressOf } from './application-view.ts';
import {
  faultsText,
  openPerson,
  personFaults,
  sealAccount,
  sealPersons,
  type WrittenPerson,
} from './identity.ts';

type Amended = Call<typeof amendApplication>;

const beforeAcceptance: readonly ApplicationState[] = ['draft', 'submitted', 'supplementing'];

/** Who handed it in may amend it until it is accepted, the township until its first opinion. */
const mayAmend = ({ state }: Application, { officer }: Pick<Amended, 'officer'>): boolean =>
  beforeAcceptance.includes(state) || (state === 'accepted' && officer.role === 'township-clerk');

/** Persons stay who they were unless they are written anew; a changed household must fit them either way. */
const personsOf = (
  application: Application,
  { body }: Amended,
  seals: Seals,
): Record<string, WrittenPerson> =>
  body.persons ??
  Object.fromEntries(
    Object.entries(application.identities).map(([memberId, identity]) => [
      memberId,
      openPerson(seals, application.applicationNo, memberId, identity),
    ]),
  );

const amended = (
  read: Application,
  call: Amended,
  { seals, parameters }: { readonly seals: Seals; readonly parameters: ParameterSet },
): Application => {
  const { body, officer, now } = call;
  const today = todayOf(call);
  const submits = body.submit && (read.state === 'draft' || read.state === 'supplementing');
  const identities = body.persons
    ? sealPersons(seals, read.applicationNo, body.persons, today)
    : read.identities;
  const facts = body.household ?? read.facts;
  const accountName = headNameOf({ ...read, facts, identities }, seals);
  return withStep(
    read,
    { step: submits ? 'submitted' : 'amended', by: officer, at: now, note: body.reason },
    {
      facts,
      areaCode: facts.areaCode,
      identities,
      ...(body.account
        ? {
            account: sealAccount(seals, read.applicationNo, {
              ...body.account,
              accountName: body.account.accountName ?? accountName,
            }),
          }
        : {}),
      documents: [...read.documents, ...(body.documents ?? [])],
      relatedToOfficer: body.relatedToOfficer ?? read.relatedToOfficer,
      ...(submits
        ? {
            state: 'submitted' as const,
            due: dueAfter('accept', today, parameters),
            ...(read.state === 'draft' ? { receivedOn: today } : {}),
          }
        : {}),
    },
  );
};

/** Changes papers or facts, and submits what was a draft or was to be supplemented. */
export const amendApplicationHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(amendApplication, deps, async (call) => {
    const { params, body, officer } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (!mayAmend(read, call)) return refuse('WRONG_STATE');
    const areaCode = body.household?.areaCode ?? read.areaCode;
    if (!isKnownArea(areaCode) || isCounty(areaCode)) return refuse('AREA_UNKNOWN');
    if (officer.role !== 'citizen' && !maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const open = await seals();
    const { members } = body.household ?? read.facts;
    const faults = personFaults(members, personsOf(read, call, open), todayOf(call));
    if (faults.length > 0) return refuse('HOUSEHOLD_REFUSED', faultsText(faults));

    const next = amended(read, call, { seals: open, parameters: await parametersOf(table) });
    const answer = reply(200, progressOf(next, todayOf(call)));
    return advance(table, { read, next, answer }, call);
  });

export const handler = composed(() => amendApplicationHandler(httpDeps(), sealsFromEnvironment()));

import { isCounty, isKnownArea } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import type { Application } from './application.ts';
import { dueAfter } from './application-clock.ts';
import { logUncertain, todayOf } from './application-command.ts';
import { submitApplication } from './application-routes.ts';
import { newApplicationWrites } from './application-store.ts';
import { missingNames, progressOf } from './application-view.ts';
import { applicationSeries, transactNumbered } from './case-number.ts';
import { faultsText, headOf, personFaults, personIndexes, sealAccount, sealPersons } from './identity.ts';
import { findKnown, viewKnown } from './known-already.ts';

type Submitted = Call<typeof submitApplication>;

/** The application as it was handed in, sealed under its number. */
const newApplication = (
  applicationNo: string,
  { body, officer, now }: Submitted,
  seals: Seals,
  parameters: ParameterSet,
): Application => {
  const { household, persons, account, documents, relatedToOfficer, urgent, draft } = body;
  const today = todayOf({ now });
  const citizenId = officer.role === 'citizen' ? officer.id : body.citizenId;
  const headName = persons[headOf(household).memberId]?.name ?? '';
  return {
    applicationNo,
    state: draft ? 'draft' : 'submitted',
    areaCode: household.areaCode,
    receivedOn: today,
    facts: household,
    factsVersion: 1,
    identities: sealPersons(seals, applicationNo, persons, today),
    ...(account === undefined
      ? {}
      : {
          account: sealAccount(seals, applicationNo, {
            ...account,
            accountName: account.accountName ?? headName,
          }),
        }),
    documents,
    relatedToOfficer,
    urgent,
    ...(citizenId === undefined ? {} : { citizenId }),
    round: 1,
    visits: [],
    objections: [],
    reconsiderations: [],
    ...(draft ? {} : { due: dueAfter('accept', today, parameters) }),
    steps: [{ step: draft ? 'drafted' : 'submitted', at: now, by: officer.id, role: officer.role }],
    version: 1,
  };
};

/** Takes in an application under the next number of the year. A repeated request without a key makes a second one: its answer points out the first. */
export const submitApplicationHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(submitApplication, deps, async (call) => {
    const { body, officer } = call;
    const { table } = deps;
    const { areaCode, members } = body.household;
    const today = todayOf(call);
    if (!isKnownArea(areaCode) || isCounty(areaCode)) return refuse('AREA_UNKNOWN');
    if (officer.role !== 'citizen' && !maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    const faults = personFaults(members, body.persons, today);
    if (faults.length > 0) return refuse('HOUSEHOLD_REFUSED', faultsText(faults));

    const open = await seals();
    const parameters = await parametersOf(table);
    const notices = (await findKnown(table, personIndexes(open, body.persons, today))).flatMap(viewKnown);
    const outcome = await transactNumbered(table, applicationSeries(areaCode, today), async (number) => {
      const application = newApplication(number, call, open, parameters);
      const missingDocuments = missingNames(application);
      const answer = reply(201, { ...progressOf(application, today), notices, missingDocuments });
      const writes = [...newApplicationWrites(table, application, call), ...call.remember(answer)];
      return { writes, value: { application, answer } };
    });
    if (!outcome.committed) return refuse('CHANGED_MEANWHILE');
    logUncertain(outcome.value.application);
    return outcome.value.answer;
  });

export const handler = composed(() => submitApplicationHandler(httpDeps(), sealsFromEnvironment()));

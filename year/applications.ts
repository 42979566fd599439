import {
  acceptApplication,
  amendApplication,
  readApplication,
  submitApplication,
  withdrawApplication,
} from '../functions/assistance/application-routes.ts';
import { readCase } from '../functions/assistance/case-routes.ts';
import {
  decideApplication,
  forwardApplication,
  recordNotice,
} from '../functions/assistance/decision-routes.ts';
import type { HouseholdFacts, Member } from '../functions/assistance/facts.ts';
import type { Difference } from '../functions/assistance/income-check.ts';
import { raiseObjection } from '../functions/assistance/publicity-routes.ts';
import { giveOpinion, recordHomeVisit, requestIncomeCheck } from '../functions/assistance/survey-routes.ts';
import { Refusal } from '../month/desk.ts';
import { addDays } from '../shared/clock.ts';
import type { Fen } from '../shared/money.ts';
import type { Bureau } from './bureau.ts';
import type { Family } from './family.ts';
import type { Newcomer } from './newcomer.ts';

/** Applications on their way through A.6: handed in, checked, visited by two, opined on, published, sent up, decided. */

export type Application = Newcomer & {
  readonly applicationNo: string;
  /** While its proposal is published. */
  readonly publicity?: { readonly publicityId: string; readonly endsOn: string };
};

const documents = [
  { kind: 'identity', sha256: 'a'.repeat(64) },
  { kind: 'application-form', sha256: 'b'.repeat(64) },
] as const;

/** Takes applications in, one after the other, for each draws the next number. */
export const takeIn = async (bureau: Bureau, newcomers: readonly Newcomer[]): Promise<Application[]> => {
  const applications: Application[] = [];
  for (const newcomer of newcomers) {
    const { clerk } = await bureau.town(newcomer.village);
    const { holder, ...account } = newcomer.account;
    const { applicationNo } = await clerk(submitApplication, {
      body: {
        household: newcomer.facts,
        persons: newcomer.people,
        account: { ...account, accountName: holder },
        documents: [...documents],
      },
    });
    applications.push({ ...newcomer, applicationNo });
  }
  await Promise.all(
    applications.map(async ({ village, applicationNo }) => {
      const { clerk } = await bureau.town(village);
      await clerk(acceptApplication, { params: { applicationNo }, body: {} });
      await clerk(requestIncomeCheck, { params: { applicationNo }, body: {} });
    }),
  );
  await bureau.settle();
  return applications;
};

/** The income of a kind as the registers know it, in place of what was declared. */
const withFound = (member: Member, { field, found }: Difference): Member => {
  const others = member.incomes.filter(({ kind }) => kind !== field);
  const income = {
    kind: field as Member['incomes'][number]['kind'],
    monthlyFen: found as Fen,
    deductedFen: 0 as Fen,
  };
  return { ...member, incomes: [...others, income] };
};

const adopted = (facts: HouseholdFacts, differences: readonly Difference[]): HouseholdFacts => {
  let { members, property } = facts;
  for (const difference of differences) {
    const { memberId, field, found } = difference;
    if (memberId === undefined) property = { ...property, [field]: found };
    else members = members.map((each) => (each.memberId === memberId ? withFound(each, difference) : each));
  }
  return { ...facts, members, property };
};

/** Adopts what the registers found otherwise than it was declared, and visits the home with a colleague. */
export const survey = (bureau: Bureau, applications: readonly Application[]): Promise<unknown> =>
  Promise.all(
    applications.map(async ({ village, applicationNo, facts }) => {
      const { clerk } = await bureau.town(village);
      const params = { applicationNo };
      const { check } = await clerk(readApplication, { params });
      const differences = check?.differences ?? [];
      if (differences.length > 0) {
        const body = { household: adopted(facts, differences), reason: '采用经济状况核对结果' };
        await clerk(amendApplication, { params, body });
      }
      await visit(bureau, { village, applicationNo });
    }),
  );

const visit = async (
  bureau: Bureau,
  { village, applicationNo }: Pick<Application, 'village' | 'applicationNo'>,
): Promise<void> => {
  const { clerk, helper } = await bureau.town(village);
  const body = { on: bureau.today(), findings: '住房、家具家电与申报一致,邻里反映属实' };
  for (const visitor of [clerk, helper]) await visitor(recordHomeVisit, { params: { applicationNo }, body });
};

/** The township's opinion; against it where the household does not fit any programme, which goes up without publicity. */
const opine = async (bureau: Bureau, application: Application): Promise<Application> => {
  const { leader } = await bureau.town(application.village);
  const params = { applicationNo: application.applicationNo };
  try {
    const body = { recommend: 'approve', reason: '经核对和入户调查,符合救助条件' } as const;
    const { publicity } = await leader(giveOpinion, { params, body });
    return publicity ? { ...application, publicity } : application;
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'NOT_ELIGIBLE')) throw error;
    await leader(giveOpinion, {
      params,
      body: { recommend: 'refuse', reason: '经核对,家庭人均月收入高于低保标准' },
    });
    return application;
  }
};

export const opineOn = (bureau: Bureau, applications: readonly Application[]): Promise<Application[]> =>
  Promise.all(applications.map((application) => opine(bureau, application)));

/** Somebody in the village objects; the home is visited once more. */
export const object = async (bureau: Bureau, applications: readonly Application[]): Promise<void> => {
  for (const { publicity } of applications) {
    if (!publicity) continue;
    const { publicityId } = publicity;
    await bureau.clerk(raiseObjection, {
      params: { publicityId },
      body: { text: '该户子女收入较高,请核实' },
    });
  }
};
export const visitAgain = (bureau: Bureau, applications: readonly Application[]): Promise<unknown> =>
  Promise.all(applications.map((application) => visit(bureau, application)));

export const withdraw = async (bureau: Bureau, applications: readonly Application[]): Promise<void> => {
  for (const { village, applicationNo } of applications) {
    const { clerk } = await bureau.town(village);
    const body = { reason: '申请人家庭情况好转,自愿撤回' };
    await clerk(withdrawApplication, { params: { applicationNo }, body });
  }
};

/** The first day on which all of them may be sent up. */
export const publishedUntil = (applications: readonly Application[], day: string): string =>
  applications.reduce((latest, { publicity }) => {
    const after = publicity ? addDays(publicity.endsOn, 1) : '';
    return after > latest ? after : latest;
  }, day);

/** Sends up what was published and has it decided; answers the households that are on the register now. */
export const decide = async (bureau: Bureau, applications: readonly Application[]): Promise<Family[]> => {
  const families: Family[] = [];
  for (const application of applications) {
    const { village, applicationNo, publicity, people, account } = application;
    const params = { applicationNo };
    const { clerk } = await bureau.town(village);
    if (!publicity) {
      await bureau.chief(decideApplication, {
        params,
        body: { decision: 'refuse', reasons: '家庭人均月收入高于救助标准' },
      });
      await clerk(recordNotice, { params, body: { deliveredOn: bureau.today(), manner: 'direct' } });
      continue;
    }
    await clerk(forwardApplication, { params, body: { note: '公示期内无异议' } });
    const { caseNo = '' } = await bureau.chief(decideApplication, { params, body: { decision: 'approve' } });
    const { programme, facts } = await bureau.clerk(readCase, { params: { caseNo } });
    families.push({ caseNo, programme, village, facts, people, account });
  }
  return families;
};

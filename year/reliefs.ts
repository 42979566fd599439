import type * as z from 'zod';
import { inventAccount } from '../demo/account.ts';
import { villages } from '../demo/case.ts';
import { between, type Chance, oneOf, shuffled } from '../demo/chance.ts';
import type { InventPerson } from '../demo/person.ts';
import { openReliefCase } from '../functions/relief/case-routes.ts';
import {
  checkReliefCase,
  closeReliefCase,
  decideReliefCase,
  giveReliefOpinion,
  payReliefCase,
  payReliefInAdvance,
  publishReliefCase,
  submitReliefCase,
  supplementReliefCase,
  surveyReliefCase,
} from '../functions/relief/procedure-routes.ts';
import type { AreaCode } from '../shared/area.ts';
import { type Bureau, helperOf } from './bureau.ts';
import { type Families, headOf } from './family.ts';
import type { Pace } from './pace.ts';

/** Temporary relief (C01–C13): at once out of the reserve, small amounts by the town, the others by the bureau and its bank run. */

type Way = 'urgent' | 'small' | 'general';
type Opening = z.input<typeof openReliefCase.body>;
export type Sufferer = { readonly way: Way; readonly opening: Opening; readonly amountFen: number };
export type ReliefCase = Sufferer & { readonly caseNo: string; readonly village: AreaCode };

const photo = 'e'.repeat(64);
const GRADE = 'hard';

/** Somebody whom something sudden has struck; nobody who was helped before. */
const struck = (chance: Chance, invent: InventPerson, way: 'urgent' | 'small', day: string): Sufferer => {
  const person = invent(chance, 1950, 1990);
  const village = oneOf(chance, villages);
  const { holder, ...account } = inventAccount(chance, person.name, village);
  return {
    way,
    amountFen: between(chance, 8, 20) * 10_000,
    opening: {
      areaCode: village,
      form: 'individual',
      kind: 'emergency',
      cause: oneOf(chance, ['fire', 'traffic-accident', 'serious-illness', 'disaster'] as const),
      causeDate: day,
      description: '突发困难,基本生活暂时难以维持',
      urgent: way === 'urgent',
      applicant: person,
      ...(way === 'urgent'
        ? { method: 'cash' as const }
        : { method: 'reserve-transfer' as const, account: { ...account, accountName: holder } }),
    },
  };
};

/** Households of the register whose necessary expenses are beyond them. Nobody is helped twice in a simulated time. */
const burdened = (
  families: Families,
  chance: Chance,
  count: number,
  helped: Set<string>,
  day: string,
): Sufferer[] =>
  shuffled(
    chance,
    [...families.values()].filter(
      ({ caseNo, programme, account }) => programme === 'dibao' && account && !helped.has(caseNo),
    ),
  )
    .slice(0, count)
    .map((family) => {
      helped.add(family.caseNo);
      const { caseNo, village, account } = family;
      const { holder = '', ...written } = account ?? { account: '', bank: '' };
      return {
        way: 'general',
        amountFen: between(chance, 25, 48) * 10_000,
        opening: {
          areaCode: village,
          form: 'individual',
          kind: 'expenditure',
          cause: oneOf(chance, ['serious-illness', 'education'] as const),
          causeDate: day,
          description: '必要支出超出家庭承受能力',
          register: { programme: 'dibao', caseNo },
          applicant: headOf(family),
          method: 'bank',
          account: { ...written, accountName: holder },
        },
      };
    });

/** Who needs relief in a month. */
export const sufferersOf = (
  families: Families,
  chance: Chance,
  invent: InventPerson,
  pace: Pace,
  { helped, day }: { readonly helped: Set<string>; readonly day: string },
): Sufferer[] => [
  ...Array.from({ length: pace.urgentRelief }, () => struck(chance, invent, 'urgent', day)),
  ...Array.from({ length: pace.smallRelief }, () => struck(chance, invent, 'small', day)),
  ...burdened(families, chance, pace.generalRelief, helped, day),
];

/** Takes the cases in. The urgent are given cash at once; the others are surveyed, opined on and posted. */
export const openCases = async (bureau: Bureau, sufferers: readonly Sufferer[]): Promise<ReliefCase[]> => {
  const cases: ReliefCase[] = [];
  for (const sufferer of sufferers) {
    const village = sufferer.opening.areaCode as AreaCode;
    const { clerk } = await bureau.town(village);
    const { caseNo } = await clerk(openReliefCase, { body: sufferer.opening });
    cases.push({ ...sufferer, caseNo, village });
  }
  await Promise.all(cases.map((known) => (known.way === 'urgent' ? advance : post)(bureau, known)));
  return cases;
};

const advance = async (bureau: Bureau, { caseNo, village, amountFen }: ReliefCase): Promise<void> => {
  const { leader } = await bureau.town(village);
  await leader(payReliefInAdvance, {
    params: { caseNo },
    body: {
      amountFen,
      method: 'cash',
      receipt: { proof: 'signature', sha256: photo, handedOverOn: bureau.today() },
    },
  });
};

const post = async (bureau: Bureau, { caseNo, village, amountFen }: ReliefCase): Promise<void> => {
  const { clerk, leader } = await bureau.town(village);
  const params = { caseNo };
  await clerk(surveyReliefCase, {
    params,
    body: { secondSurveyor: helperOf(village), grade: GRADE, amountFen, photoSha256: photo },
  });
  await leader(giveReliefOpinion, {
    params,
    body: { agrees: true, grade: GRADE, amountFen, note: '情况属实,同意救助' },
  });
  await clerk(publishReliefCase, { params, body: { photoSha256: photo } });
};

/** Ends them: papers of the urgent, small amounts decided and paid in the town, the others approved for the month's bank run. */
export const finishCases = (bureau: Bureau, cases: readonly ReliefCase[]): Promise<unknown> =>
  Promise.all(cases.map((known) => ends[known.way](bureau, known)));

const ends: Readonly<Record<Way, (bureau: Bureau, known: ReliefCase) => Promise<unknown>>> = {
  urgent: async (bureau, { caseNo, village }) => {
    const { clerk } = await bureau.town(village);
    const params = { caseNo };
    await clerk(supplementReliefCase, {
      params,
      body: { secondSurveyor: helperOf(village), grade: GRADE, photoSha256: photo },
    });
    await bureau.clerk(closeReliefCase, { params });
  },
  small: async (bureau, { caseNo, village }) => {
    const { clerk, leader } = await bureau.town(village);
    const params = { caseNo };
    await leader(decideReliefCase, { params, body: { decision: 'approve', reason: '公示无异议,同意救助' } });
    await clerk(payReliefCase, { params, body: {} });
    await bureau.clerk(closeReliefCase, { params });
  },
  general: async (bureau, { caseNo, village }) => {
    const { clerk } = await bureau.town(village);
    const params = { caseNo };
    await clerk(submitReliefCase, { params });
    await bureau.clerk(checkReliefCase, { params, body: { passes: true, note: '资料齐全' } });
    await bureau.chief(decideReliefCase, { params, body: { decision: 'approve', reason: '符合救助条件' } });
  },
};

/** What the reserves pay of some cases. */
export const fromReserves = (cases: readonly ReliefCase[]): number =>
  cases.reduce((sum, { way, amountFen }) => (way === 'general' ? sum : sum + amountFen), 0);

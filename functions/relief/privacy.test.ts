import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { acceptReliefCaseHandler } from './accept-relief-case.ts';
import {
  acceptReliefCase,
  findReliefCases,
  listReliefCaseEvents,
  listReliefCases,
  openReliefCase,
  readReliefCase,
  unmaskReliefCase,
} from './case-routes.ts';
import { findReliefCasesHandler } from './find-relief-cases.ts';
import { giveReliefOpinionHandler } from './give-relief-opinion.ts';
import { listReliefCaseEventsHandler } from './list-relief-case-events.ts';
import { listReliefCasesHandler } from './list-relief-cases.ts';
import { listReliefPublicitiesHandler } from './list-relief-publicities.ts';
import { openReliefCaseHandler } from './open-relief-case.ts';
import {
  giveReliefOpinion,
  listReliefPublicities,
  publishReliefCase,
  readReliefPublicity,
  surveyReliefCase,
  withdrawReliefCase,
} from './procedure-routes.ts';
import { publishReliefCaseHandler } from './publish-relief-case.ts';
import { readReliefCaseHandler } from './read-relief-case.ts';
import { readReliefPublicityHandler } from './read-relief-publicity.ts';
import { surveyReliefCaseHandler } from './survey-relief-case.ts';
import { reliefTable } from './table.ts';
import { unmaskReliefCaseHandler } from './unmask-relief-case.ts';
import { withdrawReliefCaseHandler } from './withdraw-relief-case.ts';

/** Who sees what of whom: officers by area, the public by law, nobody by accident. */

const VILLAGE = '330702100200';
const OTHER_VILLAGE = '330702100201';
const TOWN = '330702100000';
const SHA = 'c'.repeat(64);
const STORY = '因病借债,孩子辍学';
const helper = sampleOfficer('village-helper', VILLAGE);
const neighbour = sampleOfficer('village-helper', OTHER_VILLAGE, 'neighbour');
const clerk = sampleOfficer('township-clerk', TOWN);
const townLeader = sampleOfficer('township-leader', TOWN);
const bureau = sampleOfficer('district-clerk', '330702000000');
const elsewhere = sampleOfficer('township-clerk', '330702101000', 'elsewhere');
const chance = chanceFrom('privacy');
const invent = peopleInventor();
const who = invent(chance, 1960, 1980);
const child = invent(chance, 2010, 2012);

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  const log = vi.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
  let ids = 0;
  desk = openSampleDesk(reliefTable, '2021-08-02T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    openReliefCase: openReliefCaseHandler(deps, seals),
    acceptReliefCase: acceptReliefCaseHandler(deps),
    listReliefCases: listReliefCasesHandler(deps, seals),
    findReliefCases: findReliefCasesHandler(deps, seals),
    readReliefCase: readReliefCaseHandler(deps, seals),
    listReliefCaseEvents: listReliefCaseEventsHandler(deps),
    unmaskReliefCase: unmaskReliefCaseHandler(deps, seals),
    surveyReliefCase: surveyReliefCaseHandler(deps),
    giveReliefOpinion: giveReliefOpinionHandler(deps, seals),
    publishReliefCase: publishReliefCaseHandler(deps, () => `posting-${++ids}`),
    withdrawReliefCase: withdrawReliefCaseHandler(deps),
    listReliefPublicities: listReliefPublicitiesHandler(deps, seals),
    readReliefPublicity: readReliefPublicityHandler(deps, seals),
  });
  return () => log.mockRestore();
});

type Body = Readonly<Record<string, unknown>>;
const itemsOf = ({ body }: { readonly body: Body }) => body.items as readonly Body[];
const application = (applicant: typeof who, more: Body = {}) => ({
  areaCode: VILLAGE,
  form: 'individual',
  kind: 'emergency',
  cause: 'serious-illness',
  causeDate: '2021-07-30',
  description: STORY,
  applicant,
  account: { account: '6228480000000000018', bank: '农业银行' },
  ...more,
});
const opened = async (applicant = who, officer = clerk, key?: string) => {
  const asked = { body: application(applicant), ...(key === undefined ? {} : { key }) };
  return String((await ask(openReliefCase, officer, asked)).body.caseNo);
};
const posted = async (applicant = who): Promise<string> => {
  const caseNo = await opened(applicant);
  const params = { caseNo };
  const amount = { grade: 'hard', amountFen: 250_000 };
  await ask(surveyReliefCase, clerk, { params, body: { ...amount, secondSurveyor: 'helper' } });
  await ask(giveReliefOpinion, townLeader, { params, body: { ...amount, agrees: true, note: STORY } });
  await ask(publishReliefCase, clerk, { params, body: { photoSha256: SHA } });
  return caseNo;
};

describe('what is kept', () => {
  test('holds no name, number or story of anybody, not even in remembered answers, events and logs', async () => {
    const caseNo = await opened(who, clerk, 'key-1');
    const again = await opened(who, clerk, 'key-1');
    await posted(child);
    const secrets = [who, child].flatMap(({ name, identityNumber, phone }) => [name, identityNumber, phone]);
    const kept = [desk.everything(), ...printed].join('\n');

    expect(again).toBe(caseNo);
    expect([...secrets, STORY, '6228480000000000018'].filter((secret) => kept.includes(secret))).toEqual([]);
  });
});

describe('officers', () => {
  test('see names in full and numbers masked, of their own area alone', async () => {
    const caseNo = await opened();
    const read = await ask(readReliefCase, clerk, { params: { caseNo } });

    expect(read.body).toMatchObject({
      applicant: {
        name: who.name,
        identityNumber: `330799********${who.identityNumber.slice(-4)}`,
        phone: expect.stringContaining('****'),
      },
      account: { account: '****0018', accountName: who.name, isBeneficiarys: true },
      description: STORY,
    });
    for (const outsider of [elsewhere, neighbour])
      expect((await ask(readReliefCase, outsider, { params: { caseNo } })).code).toBe('OUTSIDE_AREA');
  });

  test('list and find what lies in their area, whoever asks for whom', async () => {
    await opened();
    const seen = async (officer: typeof clerk) => {
      const listed = itemsOf(await ask(listReliefCases, officer));
      const body = { identityNumber: who.identityNumber };
      return [listed.length, itemsOf(await ask(findReliefCases, officer, { body })).length];
    };

    expect(await Promise.all([clerk, helper, bureau].map(seen))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(await Promise.all([elsewhere, neighbour].map(seen))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const asked = await ask(listReliefCases, elsewhere, { query: { areaCode: TOWN } });
    expect(asked.code).toBe('OUTSIDE_AREA');
  });

  test('page through a list by its cursor and narrow it by state and year', async () => {
    const first = await opened();
    const second = await opened(child);
    await ask(withdrawReliefCase, clerk, { params: { caseNo: first } });
    const page = await ask(listReliefCases, clerk, { query: { limit: 1 } });
    const rest = await ask(listReliefCases, clerk, { query: { limit: 1, cursor: String(page.body.next) } });
    const accepted = await ask(listReliefCases, clerk, { query: { state: 'accepted', year: 2021 } });

    expect([...itemsOf(page), ...itemsOf(rest)].map(({ caseNo }) => caseNo)).toEqual([second, first]);
    expect(itemsOf(accepted).map(({ caseNo }) => caseNo)).toEqual([second]);
    expect(itemsOf(await ask(listReliefCases, clerk, { query: { year: 2020 } }))).toEqual([]);
  });

  test('see a number in full only for a reason, and leave a record that names them', async () => {
    const caseNo = await opened();
    const body = { fields: ['identityNumber', 'phone'], reason: '与医保局核对身份' };
    const shown = await ask(unmaskReliefCase, clerk, { params: { caseNo }, body });
    const events = itemsOf(await ask(listReliefCaseEvents, townLeader, { params: { caseNo } }));

    expect(shown.body).toEqual({ identityNumber: who.identityNumber, phone: who.phone });
    expect(events.map(({ type }) => type)).toContain('relief.personal-data-shown.v1');
  });

  test('of a village hand in drafts, whose clock begins when the township accepts them', async () => {
    const caseNo = await opened(who, helper);
    const draft = await ask(readReliefCase, helper, { params: { caseNo } });
    const accepted = await ask(acceptReliefCase, clerk, { params: { caseNo } });

    expect(draft.body).toMatchObject({ state: 'draft' });
    expect(draft.body).not.toHaveProperty('due');
    expect(accepted.body).toMatchObject({ state: 'accepted', due: { what: 'survey', date: '2021-08-16' } });
  });

  test('are told what is wrong with an application', async () => {
    const codes = async (more: Body) =>
      (await ask(openReliefCase, clerk, { body: application(who, more) })).code;

    expect(await codes({ areaCode: TOWN })).toBe('AREA_UNKNOWN');
    expect(await codes({ areaCode: '330702101201' })).toBe('OUTSIDE_AREA');
    expect(await codes({ causeDate: '2021-08-03' })).toBe('CAUSE_IN_FUTURE');
    expect(await codes({ applicant: { ...who, identityNumber: '330799199001011234' } })).toBe(
      'IDENTITY_REFUSED',
    );
    expect(await codes({ form: 'family', members: [who] })).toBe('PERSON_TWICE');
    expect(await codes({ kind: 'expenditure' })).toBe('INVALID_REQUEST');
    expect(await codes({ members: [child] })).toBe('INVALID_REQUEST');
  });
});

describe('the public', () => {
  test('reads whom, where, how many and how much, and never why', async () => {
    await posted();
    const { body } = await ask(readReliefPublicity, undefined, { params: { publicityId: 'posting-1' } });

    expect(body).toEqual({
      publicityId: 'posting-1',
      applicant: who.name,
      village: expect.stringContaining('罗店镇'),
      persons: 1,
      amountFen: 250_000,
      from: '2021-08-02',
      to: '2021-08-09',
      objections: expect.stringContaining('12345'),
    });
  });

  test('sees of a minor the surname alone', async () => {
    await posted(child);
    const { body } = await ask(readReliefPublicity, undefined, { params: { publicityId: 'posting-1' } });

    expect(body.applicant).toBe(`${[...child.name][0]}*`);
  });

  test('sees a town’s list until the last day, and nothing after it or of a case that was withdrawn', async () => {
    const caseNo = await posted();
    await posted(child);
    const list = () => ask(listReliefPublicities, undefined, { query: { areaCode: TOWN } });
    desk.at('2021-08-09T15:59:59.000Z');
    const lastDay = itemsOf(await list());
    await ask(withdrawReliefCase, clerk, { params: { caseNo } });
    const withdrawn = itemsOf(await list());
    desk.at('2021-08-09T16:00:00.000Z');
    const after = itemsOf(await list());
    const gone = await ask(readReliefPublicity, undefined, { params: { publicityId: 'posting-2' } });

    expect([lastDay.length, withdrawn.length, after.length]).toEqual([2, 1, 0]);
    expect(gone.code).toBe('PUBLICITY_NOT_FOUND');
  });
});

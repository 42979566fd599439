import { describe, expect, test } from 'vitest';
import { openSampleDesk } from '../../infra/local/sample-desk.ts';
import { Submission, sampleSubmission } from './application-requests.ts';
import { movedTo, openAccount, openPerson, personFaults, sealAccount, sealPersons } from './identity.ts';
import { assistanceTable } from './table.ts';

const TODAY = '2021-04-25';
const { household, persons, account } = Submission.parse(sampleSubmission);
const [head] = household.members;
const [m1, m2, m3] = [persons.m1, persons.m2, persons.m3];
if (!head || !m1 || !m2 || !m3 || !account)
  throw new Error('The sample is a household of three with an account.');

const faultsWith = (change: object) =>
  personFaults(household.members, { ...persons, ...change }, TODAY).map(({ memberId, message }) => [
    memberId,
    message,
  ]);

describe('the persons of a household', () => {
  test('fit when each member has a valid number that agrees with sex and birth date', () => {
    expect(faultsWith({})).toEqual([]);
    expect(faultsWith({ m1: { ...m1, identityNumber: m1.identityNumber.toLowerCase() } })).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    [
      'a wrong check digit',
      { m1: { ...m1, identityNumber: '330799197503123010' } },
      ['m1', '身份证号码不正确'],
    ],
    [
      'another’s number',
      { m2: { ...m2, identityNumber: m1.identityNumber } },
      ['m2', '身份证号码与其他成员重复'],
    ],
    [
      'a number of another day',
      { m2: { ...m2, identityNumber: m3.identityNumber } },
      ['m2', '身份证号码与出生日期不一致'],
    ],
    ['somebody who is no member', { m9: m1 }, ['m9', '家庭成员中没有这个成员编号']],
  ])('with %s are refused', (_, change, fault) => {
    expect(faultsWith(change)).toContainEqual(fault);
  });

  test('are refused when a member has none, or the number says another sex', () => {
    const one = [{ ...head, sex: 'female' as const }];

    expect(personFaults(household.members, { m1, m2 }, TODAY)).toEqual([
      { memberId: 'm3', field: '', message: '缺少该成员的姓名和身份证号' },
    ]);
    expect(personFaults(one, { m1 }, TODAY).map(({ message }) => message)).toEqual([
      '身份证号码与性别不一致',
    ]);
  });
});

test('persons and account move to another record and open only there', async () => {
  const { seals } = openSampleDesk(assistanceTable, '2021-04-25T01:00:00.000Z');
  const open = await seals();
  const plain = { account: account.account, accountName: m1.name, bank: account.bank };
  const application = {
    identities: sealPersons(open, 'A', persons, TODAY),
    account: sealAccount(open, 'A', plain),
  };

  const moved = movedTo(open, 'A', 'B', application);
  const { m1: movedHead } = moved.identities;
  if (!movedHead || !moved.account) throw new Error('The head and the account have moved.');

  expect(openPerson(open, 'B', 'm1', movedHead)).toEqual(m1);
  expect(openAccount(open, 'B', moved.account)).toEqual(plain);
  expect(movedHead.person).toBe(application.identities.m1?.person);
  expect(() => openPerson(open, 'A', 'm1', movedHead)).toThrow();
  expect(() => openPerson(open, 'B', 'm2', movedHead)).toThrow();
});

import { beforeAll, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { type Officer, roles } from '../../shared/role.ts';
import { sampleSubmission } from './application-requests.ts';
import { type Applications, everyRoute, openApplications } from './sample-application.ts';

/** Who may call the operations on applications, and from where. */

let town: Applications;
let about: string;
beforeAll(async () => {
  town = openApplications('2021-04-25');
  about = await town.submit();
});

const operations = Object.entries(everyRoute);
const ofStaff = operations.filter(([, { roles: may }]) => may !== 'public');
const as = (role: (typeof roles)[number], area: string): Officer => ({
  id: `${role}-x`,
  name: '测试',
  role,
  area: AreaCode.parse(area),
});

test.each(ofStaff)(
  '%s is refused to the roles that are not listed, and to no other',
  async (operation, route) => {
    const refused = await Promise.all(
      roles.map(async (role) => {
        const { code } = await town.ask(operation, as(role, '330702000000'), { about: 'none', body: {} });
        return code === 'ROLE_NOT_ALLOWED' ? [role] : [];
      }),
    );

    expect(refused.flat()).toEqual(
      roles.filter((role) => !(route.roles as readonly string[]).includes(role)),
    );
    expect((await town.ask(operation, undefined, { about: 'none', body: {} })).code).toBe('NOT_SIGNED_IN');
  },
);

/** A body that each operation takes, so that nothing but the area is in the way. */
const bodies: Readonly<Record<string, object>> = {
  amendApplication: { reason: '补充材料' },
  withdrawApplication: { reason: '自愿撤回' },
  unmaskApplication: { fields: ['phone'], reason: '电话核实' },
  recordHomeVisit: { on: '2021-04-25', findings: '入户调查' },
  giveOpinion: { recommend: 'refuse', reason: '不符合条件' },
  decideApplication: { decision: 'approve' },
  recordNotice: { deliveredOn: '2021-04-25', manner: 'direct' },
  recordReconsideration: { outcome: 'filed', on: '2021-04-25', note: '申请复议' },
  recordObjection: { text: '有人反映情况' },
};
const onApplication = ofStaff.filter(([, { path }]) => path.includes('{applicationNo}'));

test.each(onApplication)('%s is out of reach from another town', async (operation, { roles: may }) => {
  for (const role of may) {
    if (role === 'citizen') continue;
    const elsewhere = as(role as (typeof roles)[number], '330702100000');
    const { code } = await town.ask(operation, elsewhere, { about, body: bodies[operation] ?? {} });

    expect([role, code]).toEqual([role, 'OUTSIDE_AREA']);
  }
});

test('lists and what is due of another town are refused or empty, and a village sees its own alone', async () => {
  const town2 = as('township-clerk', '330702100000');
  const village = as('village-helper', '330702101201');
  const neighbour = as('village-helper', '330702101202');
  const query = { areaCode: '330702101000' };

  for (const operation of ['listApplications', 'listDue']) {
    expect((await town.ask(operation, town2, { query })).code).toBe('OUTSIDE_AREA');
    expect((await town.ask(operation, town2)).body.items).toEqual([]);
  }
  expect((await town.ask('listApplications', village)).body.items).toHaveLength(1);
  expect((await town.ask('listApplications', neighbour)).body.items).toEqual([]);
  const { household } = sampleSubmission;
  expect(household.areaCode).toBe(village.area);
});

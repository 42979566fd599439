import { registerAide } from '../functions/outreach/aide-routes.ts';
import { assignLead, closeLead, reportNeed } from '../functions/outreach/lead-routes.ts';
import { recordOutreachVisit } from '../functions/outreach/plan-routes.ts';
import type { AreaCode } from '../shared/area.ts';
import type { Application } from './applications.ts';
import type { Bureau } from './bureau.ts';

/** Help before it is asked for (A18): neighbours tell of a family, the village goes and looks, the family applies. */

/** A party member of the village, with a telephone number that nobody has (120 is no mobile network). */
const aideOf = (areaCode: AreaCode, applicationNo: string) => ({
  kind: 'party-member' as const,
  areaCode,
  name: '村党员联系人',
  phone: `120${applicationNo.slice(-6).padStart(8, '0')}`,
});

/** Every other application began with a neighbour. Answers how many. */
export const followLeads = async (bureau: Bureau, applications: readonly Application[]): Promise<number> => {
  const told = applications.filter((_, index) => index % 2 === 0);
  for (const { village, applicationNo } of told) {
    const { clerk, helper } = await bureau.town(village);
    const { leadNo } = await clerk(reportNeed, {
      body: { areaCode: village, situations: ['income-fell'], text: '邻居反映该户生活困难,尚未申请救助。' },
    });
    const { aideId } = await clerk(registerAide, { body: aideOf(village, applicationNo) });
    await clerk(assignLead, { params: { leadNo }, body: { aideId } });
    await helper(recordOutreachVisit, {
      body: { leadNo, visitedOn: bureau.today(), aideId, findings: ['income-fell'] },
    });
    await clerk(closeLead, { params: { leadNo }, body: { outcome: 'helped', applicationNo } });
  }
  return told.length;
};

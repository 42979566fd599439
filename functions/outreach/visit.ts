import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { type Item, queryPage, type Table, within } from '../../shared/dynamo.ts';
import type { Seals } from '../../shared/keyring.ts';
import { Giving } from './gift-campaign.ts';
import { SealedText } from './sealed-text.ts';
import { FindingCode, findingNames } from './situation.ts';
import { keys } from './table.ts';
import type { VisitView } from './views.ts';

/** One visit. It is never changed: what turns out otherwise is the next visit. */
export const Visit = z.object({
  visitId: z.string(),
  /** `household/<case>` or `lead/<lead>`. */
  subject: z.string(),
  areaCode: AreaCode,
  visitedOn: z.iso.date(),
  recordedBy: z.string(),
  aideId: z.string().optional(),
  findings: z.array(FindingCode),
  needsFollowUp: z.boolean(),
  text: SealedText.optional(),
  leadNo: z.string().optional(),
  gift: Giving.optional(),
});
export type Visit = z.output<typeof Visit>;

export const visitOwner = (visitId: string): string => `visit/${visitId}`;

export const visitItem = (visit: Visit): Item => ({
  ...visit,
  ...keys.visit(visit.subject, visit.visitedOn, visit.visitId),
});

const SHOWN = 24;

/** The newest visits of a household or lead, newest first. */
export const newestVisits = async (table: Table, subject: string): Promise<Visit[]> => {
  const selection = { ...within(keys.visitsOf(subject)), ScanIndexForward: false, Limit: SHOWN };
  const { items } = await queryPage(table, selection);
  return items.map((item) => Visit.parse(item));
};

export const viewVisit = (visit: Visit, seals: Seals): z.input<typeof VisitView> => ({
  visitId: visit.visitId,
  visitedOn: visit.visitedOn,
  recordedBy: visit.recordedBy,
  aideId: visit.aideId,
  findings: visit.findings.map((code) => ({ code, name: findingNames[code] })),
  needsFollowUp: visit.needsFollowUp,
  text: visit.text && seals.open(visitOwner(visit.visitId), 'text', visit.text),
  leadNo: visit.leadNo,
  gift: visit.gift,
});

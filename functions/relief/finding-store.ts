import { FindingMoved } from '../../events/relief.ts';
import type { AreaCode } from '../../shared/area.ts';
import { getItem, type Item, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import type { Acted } from './case-step.ts';
import { Finding } from './finding.ts';
import { Inspection } from './inspection.ts';
import { dueIn, keys } from './table.ts';

/** Due until it is closed. */
export const findingItem = (finding: Finding): Item => ({
  ...finding,
  ...keys.finding(finding.town, finding.findingId),
  ...(finding.state === 'closed'
    ? {}
    : { duePk: dueIn(finding.town), dueSk: `${finding.deadline}#finding#${finding.findingId}` }),
});

export const findFinding = async (
  table: Table,
  town: AreaCode,
  findingId: string,
): Promise<Finding | undefined> => {
  const item = await getItem(table, keys.finding(town, findingId));
  return item && Finding.parse(item);
};

export const findingsOfInspection = async (
  table: Table,
  { town, inspectionId }: Pick<Inspection, 'town' | 'inspectionId'>,
): Promise<Finding[]> => {
  const { pk, prefix } = keys.findingsOfInspection(town, inspectionId);
  const found: Finding[] = [];
  for await (const item of queryAll(table, within(pk, prefix))) found.push(Finding.parse(item));
  return found;
};

export const findingMoved = (
  { findingId, town, state, version }: Finding,
  { officer, now, correlationId }: Omit<Acted, 'remember'>,
): Envelope =>
  happened(FindingMoved, {
    subject: `finding/${town}/${findingId}`,
    which: String(version),
    at: now,
    correlationId,
    data: { findingId, areaCode: town, state, by: officer.id },
  });

export const inspectionItem = (inspection: Inspection): Item => ({
  ...inspection,
  ...keys.inspection(inspection.town, inspection.inspectionId),
});

export const findInspection = async (
  table: Table,
  town: AreaCode,
  inspectionId: string,
): Promise<Inspection | undefined> => {
  const item = await getItem(table, keys.inspection(town, inspectionId));
  return item && Inspection.parse(item);
};

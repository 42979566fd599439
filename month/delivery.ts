import { listUnmatchedRows, readReturn, receiveReturn } from '../functions/disbursement/return-routes.ts';
import {
  createUpload,
  listFindings,
  readRoster,
  receiveRoster,
} from '../functions/disbursement/roster-routes.ts';
import type { ReturnView, RosterView } from '../functions/disbursement/views.ts';
import type { RowFinding } from '../shared/request-parts.ts';
import { everyItem } from './desk.ts';
import { countText } from './figures.ts';
import type { Office } from './office.ts';
import type { Progress } from './progress.ts';

/** Handing in rosters and return files, and waiting until every row is dealt with; registers have a file of their own. */

export type Delivery = { readonly fileName: string; readonly bytes: Uint8Array };

const LARGEST_PAGE = 200;
/** What `onLook` asks costs more than asking whether an import is over. */
const LOOKS_PER_CALL = 10;

export const putFile = async (url: string, { fileName, bytes }: Delivery): Promise<void> => {
  const answer = await fetch(url, { method: 'PUT', body: bytes as Uint8Array<ArrayBuffer> });
  if (!answer.ok) throw new Error(`${fileName}: object storage answered ${answer.status}.`);
};

/**
 * Puts a file where the importers find it. No idempotency key: a link that is not used does no harm, and a link that was given
 * out for the same bytes an hour ago has expired. What is repeated is recognised row by row.
 */
const upload = async ({ preparer }: Office, file: Delivery): Promise<string> => {
  const { uploadId, url } = await preparer(createUpload, { body: { fileName: file.fileName } });
  await putFile(url, file);
  return uploadId;
};

export const deliverRoster = async (
  office: Office,
  file: Delivery,
  progress: Progress,
): Promise<RosterView> => {
  const phase = progress.phase(`导入花名册 ${file.fileName}`, '行');
  const uploadId = await upload(office, file);
  const body = { uploadId, fileName: file.fileName };
  await office.preparer(receiveRoster, { body }, `roster-${uploadId}`);
  const roster = await office.until({
    read: () => office.preparer(readRoster, { params: { rosterId: uploadId } }),
    isDone: ({ state }) => state !== 'received',
    onState: ({ done, rows }) => phase.at(done, rows),
  });
  phase.end(
    roster.state === 'refused'
      ? '整份拒收'
      : `新登记 ${countText(roster.recorded)} 行,无变化 ${countText(roster.unchanged)} 行,拒收 ${countText(roster.refused)} 行`,
  );
  return roster;
};

/** What was found in a roster: refused rows and warnings, in the order of the rows. */
export const findingsOf = async ({ preparer }: Office, rosterId: string): Promise<RowFinding[]> =>
  Array.fromAsync(
    everyItem((cursor) =>
      preparer(listFindings, { params: { rosterId }, query: { cursor, limit: LARGEST_PAGE } }),
    ),
  );

/** Payment rows of a return as sent; a line feed is never part of a GB18030 character. */
export const rowsIn = ({ bytes }: Delivery): number => {
  let rows = 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf('\nDTL|'); at >= 0; at = buffer.indexOf('\nDTL|', at + 1)) rows++;
  return rows;
};

/** Hands in a return and waits for what comes of it; `onLook` is called now and then while it waits. */
export const deliverReturn = async (
  office: Office,
  file: Delivery,
  onLook: () => Promise<void>,
): Promise<ReturnView> => {
  const uploadId = await upload(office, file);
  const body = { uploadId, fileName: file.fileName };
  await office.preparer(receiveReturn, { body }, `return-${uploadId}`);
  let looks = 0;
  return office.until({
    read: async () => {
      looks += 1;
      if (looks % LOOKS_PER_CALL === 0) await onLook();
      return office.preparer(readReturn, { params: { returnId: uploadId } });
    },
    isDone: ({ state }) => state !== 'received',
  });
};

/** The first rows of a return that a person must look at, as sentences. */
export const unmatchedSentences = async (
  { preparer }: Office,
  { returnId, uploadName }: ReturnView,
  limit: number,
): Promise<string[]> => {
  const { items } = await preparer(listUnmatchedRows, { params: { returnId }, query: { limit } });
  return items.map(({ row, reason }) => `${uploadName} 第 ${row} 行:${reason}`);
};

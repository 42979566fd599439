import { createHash } from 'node:crypto';
import {
  createRegisterUpload,
  decideImport,
  listImportFindings,
  listImports,
  readImport,
  receiveRegister,
} from '../functions/assistance/import-routes.ts';
import type { ImportView } from '../functions/assistance/import-views.ts';
import type { Month } from '../shared/month.ts';
import type { RowFinding } from '../shared/request-parts.ts';
import { type Delivery, putFile } from './delivery.ts';
import { everyItem } from './desk.ts';
import { countText } from './figures.ts';
import type { Office } from './office.ts';
import type { Progress } from './progress.ts';

/**
 * Moving a register in as two officers do it: checked, accepted, recorded, and then waited for until payments know of every
 * household. Each step looks at where the import stands, so that it may be broken off anywhere and begun again.
 */

const LARGEST_PAGE = 200;

const checkSentence = ({
  households,
  persons,
  unchanged,
  different,
  differing,
  refused,
}: ImportView): string =>
  [
    `可登记 ${countText(households)} 户 ${countText(persons)} 人`,
    `无变化 ${countText(unchanged)} 户`,
    ...(different > 0 ? [`与已登记内容不同 ${countText(different)} 户(不覆盖)`] : []),
    ...(differing > 0 ? [`金额与规则核算不一致 ${countText(differing)} 户(按名册金额发放至首次复核)`] : []),
    `拒收 ${countText(refused)} 户`,
  ].join(',');

const importOf =
  ({ preparer }: Office, importId: string) =>
  (): Promise<ImportView> =>
    preparer(readImport, { params: { importId } });

const awaitCheck = async (office: Office, known: ImportView, progress: Progress): Promise<ImportView> => {
  const phase = progress.phase(`核对名册 ${known.fileName}`, '行');
  const checked = await office.until({
    read: importOf(office, known.importId),
    isDone: ({ state }) => state !== 'received',
    onState: ({ rows }) => phase.at(0, rows),
  });
  phase.end(checked.state === 'refused' ? '整份拒收' : checkSentence(checked));
  return checked;
};

/** The first approver accepts what the check came to; nothing is recorded before. */
const accept = async ({ approvers }: Office, { importId }: ImportView): Promise<void> => {
  const [approver] = approvers;
  const body = { decision: 'accept', reason: '经核对,同意登记' } as const;
  await approver?.desk(decideImport, { params: { importId }, body }, `accept-${importId}`);
};

const awaitRecording = async (office: Office, known: ImportView, progress: Progress): Promise<ImportView> => {
  const phase = progress.phase(`登记名册 ${known.fileName}`, '户');
  const applied = await office.until({
    read: importOf(office, known.importId),
    isDone: ({ state }) => state === 'applied' || state === 'rejected',
    onState: ({ done, households }) => phase.at(done, households),
  });
  // Payments hear of determinations by events; a run opened before would miss households.
  await office.settled();
  phase.end(`新登记 ${countText(applied.recorded)} 户,确认 ${office.approvers[0]?.name ?? ''}`);
  return applied;
};

/** Goes on with an import from where it stands, until it is applied, refused or rejected. */
export const finishRegister = async (
  office: Office,
  known: ImportView,
  progress: Progress,
): Promise<ImportView> => {
  const checked = known.state === 'received' ? await awaitCheck(office, known, progress) : known;
  if (checked.state === 'checked') await accept(office, checked);
  return checked.state === 'checked' || checked.state === 'accepted'
    ? awaitRecording(office, checked, progress)
    : checked;
};

/** The import of these very bytes, by a run that was broken off or by one that had nothing left to do. */
const sameAs = (file: Delivery, known: readonly ImportView[]): ImportView | undefined => {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return known.find(
    (register) =>
      register.sha256 === sha256 &&
      register.state !== 'rejected' &&
      // What was refused may be right by now, because of what else the register holds.
      register.refused === 0,
  );
};

/**
 * Hands in a register whose amounts are those of a month, and has it accepted and recorded; of the folder's registers it goes
 * on with the one that has the same bytes.
 */
export const deliverRegister = async (
  office: Office,
  file: Delivery,
  { month, known }: { readonly month: Month; readonly known: readonly ImportView[] },
  progress: Progress,
): Promise<ImportView> => {
  const { preparer } = office;
  const same = sameAs(file, known);
  if (same) return finishRegister(office, same, progress);
  const { uploadId, url } = await preparer(createRegisterUpload, { body: { fileName: file.fileName } });
  await putFile(url, file);
  const body = { uploadId, fileName: file.fileName, month };
  const received = await preparer(receiveRegister, { body }, `register-${uploadId}`);
  return finishRegister(office, received, progress);
};

/** Registers of the data folder, newest first. */
export const knownRegisters = ({ preparer }: Office): Promise<ImportView[]> =>
  Array.fromAsync(everyItem((cursor) => preparer(listImports, { query: { cursor, limit: LARGEST_PAGE } })));

/** What was found in a register, in the shape in which a roster's findings are told. */
export const registerFindings = async ({ preparer }: Office, importId: string): Promise<RowFinding[]> =>
  Array.fromAsync(
    everyItem((cursor) =>
      preparer(listImportFindings, { params: { importId }, query: { cursor, limit: LARGEST_PAGE } }),
    ),
  );

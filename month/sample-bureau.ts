import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listFiles,
  listUnmatchedRows,
  readReturn,
  receiveReturn,
} from '../functions/disbursement/return-routes.ts';
import { createUpload, readRoster, receiveRoster } from '../functions/disbursement/roster-routes.ts';
import {
  approveBatch,
  closeRun,
  openRun,
  prepareSupplement,
  readRun,
} from '../functions/disbursement/run-routes.ts';
import { conserved } from '../functions/disbursement/totals.ts';
import type { ReturnView, RosterView } from '../functions/disbursement/views.ts';
import type { DrivenClock } from '../infra/local/clock.ts';
import { type Cloud, type StartCloud, startCloud } from '../infra/local/cloud.ts';
import type { AreaCode } from '../shared/area.ts';
import type { Month } from '../shared/month.ts';
import type { ProgrammeCode } from '../shared/programme.ts';
import type { Role } from '../shared/role.ts';
import { type Desk, everyItem, openDesk } from './desk.ts';
import { fetchBankFile } from './month-folder.ts';
import { DISTRICT, type Office, untilIn } from './office.ts';
import type { RunDetail } from './pay-runs.ts';
import { csvOf } from './sample-roster.ts';
import { settling } from './settling.ts';

/** A bureau of its own for tests of payments: a cloud in a new folder, its officers, and each step of the month as a word. */

type Officer = { readonly role: Role; readonly area?: AreaCode; readonly name?: string };
type Bytes = Uint8Array;

export type Bureau = Office & {
  readonly cloud: Cloud;
  readonly dataFolder: string;
  readonly token: (officer: Officer) => Promise<string>;
  readonly desk: (officer: Officer) => Promise<Desk>;
  /** Waits until everything that was set off has happened; a driven clock is moved on as far as that takes. */
  readonly settle: () => Promise<void>;
  readonly upload: (bytes: Bytes, desk?: Desk) => Promise<string>;
  readonly importRoster: (rows: readonly string[] | Bytes, desk?: Desk) => Promise<RosterView>;
  readonly importReturn: (bytes: Bytes, desk?: Desk) => Promise<ReturnView>;
  /** Reads a run, and fails when a 分 or a line of it is missing in any town. */
  readonly run: (runId: string) => Promise<RunDetail>;
  readonly open: (programme: ProgrammeCode, month: Month) => Promise<RunDetail>;
  readonly approve: (runId: string, batch?: number) => Promise<RunDetail>;
  readonly supplement: (runId: string) => Promise<RunDetail>;
  readonly close: (runId: string) => Promise<RunDetail>;
  /** The bank files of a run with their bytes, in the order of their names. */
  readonly files: (
    runId: string,
  ) => Promise<readonly { readonly fileName: string; readonly bytes: Buffer }[]>;
  /** What a person must look at in a return: row and code. */
  readonly unmatched: (returnId: string) => Promise<readonly (readonly [number, string])[]>;
  readonly stop: () => Promise<void>;
};

/** Officers of a driven clock live through months on one token. */
const TOKEN_HOURS = 24 * 366;

const deliveries = (preparer: Desk, settle: () => Promise<void>) => {
  const upload = async (bytes: Bytes, desk = preparer) => {
    const { uploadId, url } = await desk(createUpload, { body: { fileName: '文件' } });
    const answer = await fetch(url, { method: 'PUT', body: bytes as Uint8Array<ArrayBuffer> });
    if (!answer.ok) throw new Error(`Object storage answered ${answer.status}.`);
    return uploadId;
  };
  return {
    upload,
    importRoster: async (rows: readonly string[] | Bytes, desk = preparer) => {
      const bytes = rows instanceof Uint8Array ? rows : csvOf(rows);
      const rosterId = await upload(bytes, desk);
      await desk(receiveRoster, { body: { uploadId: rosterId, fileName: '花名册.csv' } });
      await settle();
      return desk(readRoster, { params: { rosterId } });
    },
    importReturn: async (bytes: Bytes, desk = preparer) => {
      const returnId = await upload(bytes, desk);
      await desk(receiveReturn, { body: { uploadId: returnId, fileName: '回盘.txt' } });
      await settle();
      return desk(readReturn, { params: { returnId } });
    },
    unmatched: async (returnId: string) => {
      const rows = everyItem((cursor) =>
        preparer(listUnmatchedRows, { params: { returnId }, query: { cursor, limit: 200 } }),
      );
      return (await Array.fromAsync(rows)).map(({ row, code }) => [row, code] as const);
    },
  };
};

const payments = (office: Office, settle: () => Promise<void>) => {
  const { preparer, approvers } = office;
  const run = async (runId: string): Promise<RunDetail> => {
    const detail = await preparer(readRun, { params: { runId } });
    const whole = detail.balanced && conserved(detail.totals);
    if (!whole || !detail.towns.every(({ totals }) => conserved(totals)))
      throw new Error(`The money of ${runId} does not add up: ${JSON.stringify(detail.totals)}`);
    return detail;
  };
  const settled = async (runId: string): Promise<RunDetail> => {
    await settle();
    return run(runId);
  };
  return {
    run,
    open: async (programme: ProgrammeCode, month: Month) =>
      settled((await preparer(openRun, { body: { programme, month } })).runId),
    approve: async (runId: string, batch = 1) => {
      await approvers[0]?.desk(approveBatch, { params: { runId, batch } });
      return settled(runId);
    },
    supplement: async (runId: string) => {
      await preparer(prepareSupplement, { params: { runId } });
      return settled(runId);
    },
    close: async (runId: string) => {
      await preparer(closeRun, { params: { runId } });
      return settled(runId);
    },
    files: async (runId: string) => {
      const { items } = await preparer(listFiles, { params: { runId } });
      const files = items.map(async ({ fileName }) => ({
        fileName,
        bytes: Buffer.from(await fetchBankFile(office, fileName)),
      }));
      return (await Promise.all(files)).toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
    },
  };
};

/** Opens a bureau. Its schedules rest unless asked for, so that a test on the first of a month does what the others do. */
export const openBureau = async (
  options: Pick<StartCloud, 'faults' | 'schedules' | 'rules'> & { readonly clock?: DrivenClock } = {},
): Promise<Bureau> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huimin-bureau-'));
  const cloud = await startCloud({
    dataFolder,
    owner: 'test',
    quietLogs: true,
    schedules: false,
    // Figures are counted from every event: tests of payments do not look at them.
    rules: (rule) => !rule.includes('-reporting-'),
    ...options,
  });
  const token = ({ role, area = DISTRICT, name = role }: Officer) =>
    cloud.token({ role, area, name }, TOKEN_HOURS);
  const desk = async (officer: Officer) => openDesk(cloud.httpUrl, await token(officer));
  const approver = async (name: string, role: Role) => ({ name, desk: await desk({ role, name }) });
  const settle = settling(cloud, options.clock);
  const office: Office = {
    preparer: await desk({ role: 'district-clerk', name: '王经办' }),
    approvers: [await approver('李审批', 'section-chief'), await approver('张复核', 'bureau-leader')],
    until: untilIn(cloud),
    settled: settle,
  };
  return {
    ...office,
    cloud,
    dataFolder,
    token,
    desk,
    settle,
    ...deliveries(office.preparer, settle),
    ...payments(office, settle),
    stop: async () => {
      await cloud.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
};

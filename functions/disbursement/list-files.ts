import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { BankFile } from './file.ts';
import { findFiles } from './file-store.ts';
import { listFiles } from './return-routes.ts';
import { batchesOf, findRun } from './run-store.ts';

const viewFile = ({
  fileName,
  batch,
  batchNo,
  bank,
  lines,
  totalFen,
  sm3,
  settledLines,
  returnedLines,
}: BankFile) => ({
  fileName,
  batch,
  batchNo,
  bank,
  lines,
  totalFen,
  sm3,
  settledLines,
  returnedLines,
  pendingLines: lines - settledLines - returnedLines,
});

export const listFilesHandler = (deps: HttpDeps) =>
  handle(listFiles, deps, async ({ params, officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    if (!(await findRun(deps.table, params.runId))) return refuse('RUN_NOT_FOUND');
    const names = (await batchesOf(deps.table, params.runId)).flatMap(({ files }) => files);
    return reply(200, { items: (await findFiles(deps.table, names)).map(viewFile) });
  });

export const handler = composed(() => listFilesHandler(httpDeps()));

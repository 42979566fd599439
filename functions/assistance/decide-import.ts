import { RegisterDecided } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { decideImport } from './import-routes.ts';
import { findImport, importItem, type RegisterImport, viewImport } from './register-import.ts';

const DECIDED = { accept: 'accepted', reject: 'rejected' } as const;

/** A second officer accepts what the check came to; only then anything is recorded. */
export const decideImportHandler = (deps: HttpDeps) =>
  handle(decideImport, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const known = await findImport(table, params.importId);
    if (!known) return refuse('IMPORT_NOT_FOUND');
    if (!maySee(officer, known.area)) return refuse('OUTSIDE_AREA');
    if (known.state !== 'checked') return refuse('WRONG_STATE');
    if (known.receivedBy === officer.id) return refuse('MAKER_IS_CHECKER');

    const { importId } = known;
    const decision = DECIDED[body.decision];
    const next: RegisterImport = {
      ...known,
      state: decision,
      decidedAt: now,
      decidedBy: officer.id,
      decisionReason: body.reason,
      version: known.version + 1,
    };
    const data = { importId, decision, decidedBy: officer.id };
    const fact = { subject: `import/${importId}`, which: decision, at: now, correlationId, data };
    const answer = reply(200, viewImport(next));
    const { committed } = await transact(table, [
      putOver(table, importItem(next), known.version),
      announce(table, happened(RegisterDecided, fact)),
      ...remember(answer),
    ]);
    // Another officer decided at the same moment.
    return committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => decideImportHandler(httpDeps()));

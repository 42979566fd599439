import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RegisterApplied, RegisterDecided, RegisterRefused } from '../../events/assistance.ts';
import { systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { inParallel, openTable, type Table } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { consume } from '../../shared/inbox.ts';
import { openObjects } from '../../shared/objects.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { highestOf, passNumber } from './case-number.ts';
import { concludeImport, type Fresh, planOf, type RegisterDeps, readRegisterFile } from './register-check.ts';
import { findImport } from './register-import.ts';
import { partsOf, type Recording, recordGroup } from './register-recording.ts';
import { keys } from './table.ts';

type Deps = RegisterDeps & { readonly handover: Pick<Handover, 'give'> };

/** Parts of the register recorded side by side. */
const WRITERS = 4;
/** How often the import tells how far it is, in groups. */
const PROGRESS_EVERY = 32;

/** Tells how far the recording is, for whoever waits. */
const tellProgress = async (table: Table, importId: string, done: number): Promise<void> => {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.registerImport(importId),
      UpdateExpression: 'SET done = :done',
      ExpressionAttributeValues: { ':done': done },
    }),
  );
};

const record = async (recording: Recording, fresh: readonly Fresh[], before: number): Promise<number> => {
  const { table, accepted } = recording;
  let recorded = 0;
  let groups = 0;
  await inParallel(partsOf(fresh), WRITERS, async (part) => {
    for (const group of part) {
      // Not in one step: the sum would be read before the wait, and what the other parts added meanwhile lost.
      const inGroup = await recordGroup(recording, group);
      recorded += inGroup;
      groups++;
      if (groups % PROGRESS_EVERY === 0) await tellProgress(table, accepted.importId, before + recorded);
    }
  });
  return recorded;
};

/** Numbers of the bureau’s own form that came with the register are never drawn again. */
const passNumbers = async (table: Table, fresh: readonly Fresh[]): Promise<void> => {
  for (const [series, last] of highestOf(fresh.map(({ caseNo }) => caseNo)))
    await passNumber(table, series, last);
};

/** Records an accepted register: interrupted anywhere and begun again, it ends with the same cases. */
export const applyRegisterFile = (deps: Deps) =>
  consume(RegisterDecided, async ({ data, correlationId }) => {
    const { table } = deps;
    const accepted = await findImport(table, data.importId);
    if (accepted?.state !== 'accepted') return;
    const { importId, decidedAt, decidedBy } = accepted;
    if (!decidedAt || !decidedBy) throw new Error('An accepted import has a decision.');
    const subject = `import/${importId}`;
    const fact = { subject, at: deps.clock(), correlationId };
    const file = await readRegisterFile(deps.objects, accepted.objectKey);
    if ('problem' in file || file.sha256 !== accepted.sha256) {
      const problem = 'problem' in file ? file.problem : '文件在核对之后被替换,未予登记';
      const refused = happened(RegisterRefused, { ...fact, which: 'refused', data: { importId } });
      await concludeImport(table, accepted, { state: 'refused', problem }, refused);
      return;
    }
    const plan = await planOf(deps, accepted, file.rows);
    await passNumbers(table, plan.fresh);
    const recording: Recording = {
      table,
      seals: await deps.seals(),
      handover: deps.handover,
      accepted: { ...accepted, decidedAt, decidedBy },
      parameters: await parametersOf(table),
      correlationId,
    };
    const before = plan.recordedBefore;
    const recorded = before + (await record(recording, plan.fresh, before));
    const { unchanged } = plan;
    const different = plan.different + before + plan.fresh.length - recorded;
    const applied = happened(RegisterApplied, {
      ...fact,
      which: 'applied',
      data: { importId, recorded, unchanged, different },
    });
    const result = { state: 'applied', done: recorded, recorded, unchanged, different } as const;
    await concludeImport(table, accepted, result, applied);
  });

export const handler = composed(() => {
  const names = environment('TABLE_NAME', 'BUCKET_NAME', 'HANDOVER_BUCKET_NAME');
  return applyRegisterFile({
    table: openTable(names.TABLE_NAME),
    seals: sealsFromEnvironment(),
    objects: openObjects(names.BUCKET_NAME, process.env),
    handover: openHandover(names.HANDOVER_BUCKET_NAME, process.env),
    clock: systemClock,
  });
});

import { RegisterChecked, RegisterReceived, RegisterRefused } from '../../events/assistance.ts';
import { systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, putDeterministicItems } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { openObjects } from '../../shared/objects.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import {
  compared,
  concludeImport,
  findingItems,
  planOf,
  type RegisterDeps,
  readRegisterFile,
} from './register-check.ts';
import { findImport } from './register-import.ts';

/** The dry run: what is right, what is refused and why, and what the rules would reckon. Nothing is recorded but that. */
export const checkRegisterFile = (deps: RegisterDeps) =>
  consume(RegisterReceived, async ({ data, correlationId }) => {
    const { table } = deps;
    const received = await findImport(table, data.importId);
    if (received?.state !== 'received') return;
    const { importId } = received;
    const at = deps.clock();
    const subject = `import/${importId}`;
    const file = await readRegisterFile(deps.objects, received.objectKey);
    if ('problem' in file) {
      const refused = happened(RegisterRefused, {
        subject,
        which: 'refused',
        at,
        correlationId,
        data: { importId },
      });
      await concludeImport(table, received, { state: 'refused', problem: file.problem }, refused);
      return;
    }
    const { fresh, unchanged, different, refused, findings } = await planOf(deps, received, file.rows);
    const comparison = compared(fresh, received, await parametersOf(table));
    await putDeterministicItems(table, findingItems(importId, [...findings, ...comparison.findings]));
    const { persons, sums, differing } = comparison;
    const households = fresh.length;
    const told = happened(RegisterChecked, {
      subject,
      which: 'checked',
      at,
      correlationId,
      data: { importId, households, persons, refused },
    });
    const counts = {
      rows: file.rows.length,
      households,
      persons,
      refused,
      unchanged,
      different,
      differing,
      sums,
    };
    await concludeImport(table, received, { state: 'checked', sha256: file.sha256, ...counts }, told);
  });

export const handler = composed(() => {
  const { TABLE_NAME, BUCKET_NAME } = environment('TABLE_NAME', 'BUCKET_NAME');
  return checkRegisterFile({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    objects: openObjects(BUCKET_NAME, process.env),
    clock: systemClock,
  });
});

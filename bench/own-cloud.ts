import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, startCloud } from '../infra/local/cloud.ts';

/** Measures something on a local cloud of its own, with its state on disk, and leaves nothing behind. */
export const onOwnCloud = async <M>(
  work: (cloud: Cloud) => Promise<M>,
  assemblyFolder?: string,
): Promise<M> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huimin-bench-'));
  const options = { dataFolder, owner: 'npm run bench', quietLogs: true, schedules: false };
  const cloud = await startCloud({ ...options, ...(assemblyFolder ? { assemblyFolder } : {}) });
  try {
    return await work(cloud);
  } finally {
    await cloud.stop();
    rmSync(dataFolder, { recursive: true });
  }
};

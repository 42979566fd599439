import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildPage } from './console-bundle.ts';

const FIRST_PAGE_LIMIT = 500_000;

test('the first page loads at most 500 kB of compressed script, and no charts', async () => {
  const { files, first, metafile } = await buildPage();
  const bytes = first.reduce((sum, name) => sum + gzipSync(files.get(name) ?? new Uint8Array()).length, 0);
  const inputs = Object.entries(metafile.outputs)
    .filter(([path]) => first.includes(path.split('/').at(-1) ?? ''))
    .flatMap(([, output]) => Object.keys(output.inputs));

  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(FIRST_PAGE_LIMIT);
  expect(inputs.filter((input) => input.includes('node_modules/echarts/'))).toEqual([]);
  expect(new TextDecoder().decode(files.get('index.html'))).toContain(first[0]);
});

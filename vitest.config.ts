import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole months, years and browsers. One of them begun last would keep one core busy while the other has nothing left. */
const LONGEST = [
  'console/',
  'year/year-job',
  'month/crash',
  'month/month-job',
  'functions/disbursement/simulation',
  'functions/relief/story',
];

/** Vitest learns how long files take and begins with the longest; a fresh checkout knows nothing yet. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.includes(`/${name}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', '.build/**', 'cdk.out/**'],
    // Loading the AWS clients, zod and the CDK anew for every file took a third of the suite's time.
    isolate: false,
    // Vitest leaves one core idle when left alone; on two cores that is half the machine.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

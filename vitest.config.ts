import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', '.build/**', 'cdk.out/**'],
    // Loading the AWS clients, zod and the CDK anew for every file took a third of the suite's time.
    isolate: false,
    // Vitest leaves one core idle when left alone; on two cores that is half the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

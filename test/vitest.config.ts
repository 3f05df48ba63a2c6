import { defineConfig } from 'vitest/config';

/** Files share what they import: reading the libraries again for each took a third of the time. A mock ends with its file. */
const isolate = false;

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from the default export
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // Much of an integration test is waiting for an emulator or a server: twice as many as the two cores aimed at.
    maxWorkers: 4,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          isolate,
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          isolate,
          globalSetup: 'test/e2e/support/global-setup.ts',
          // A browser and a server wait for each other: two files at a time keep two cores busy.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

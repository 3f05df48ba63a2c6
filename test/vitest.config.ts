import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files share what they import: reading the libraries again for each took a third of the time. A mock ends with its file. */
const isolate = false;

/** What `npm run test:fast` leaves to `npm test`: files written whole, programs started, whole forms tried at random. */
const slow = [
  'test/unit/functions/export/**',
  'test/unit/functions/domain/import-tables.test.ts',
  'test/unit/schemas/json-schema.test.ts',
  'test/unit/functions/platform/workbook/spreadsheet.test.ts',
  'test/unit/infra/{assets,node-version,spreadsheet-worker}.test.ts',
  'test/unit/infra/operation/sbom/**',
  'test/unit/lint.test.ts',
];

/** What takes longest, whatever its size, so that at the end nobody waits for one file. */
const longest = [
  'infra/deployed',
  'integration/export/failures',
  'integration/local/start',
  'integration/chaos/kills',
  'integration/web/answering',
  'infra/stack',
  'infra/released',
  'integration/local/commands',
  'integration/operation/restore-drill',
  'integration/export/consistency',
  'unit/functions/platform/workbook/spreadsheet',
  'e2e/every-page',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return found < 0 ? longest.length : found;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of the sequencer, which gives a new list
    const sorted = await super.sort(files);
    // One project after the other: a worker that is given a file of another one is started anew, and reads all anew.
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return sorted.toSorted((a, b) => projects.indexOf(a.project) - projects.indexOf(b.project) || place(a) - place(b));
  }
}

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from the default export
export default defineConfig(({ mode }) => ({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // Much of an integration test is waiting for an emulator or a server: twice as many as the two cores aimed at.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          isolate,
          exclude: mode === 'fast' ? slow : [],
          // These wait for nothing, and each worker more reads the libraries once more.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
          // A test that takes milliseconds alone takes seconds where other programs want the same cores.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          isolate,
          globalSetup: 'test/integration/support/bundles.ts',
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
          sequence: { groupOrder: 2 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate,
          globalSetup: 'test/infra/assemblies.ts',
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}));

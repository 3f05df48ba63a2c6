import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files share what they import: reading the libraries again for each took a third of the time. A mock ends with its file. */
const isolate = false;

/**
 * Some tests wait for an emulator, a server, a browser or a program: one worker more than the two cores aimed at. Each
 * further one reads the libraries again: with a fourth a run took 556 s of CPU instead of 509 (one run each). All projects
 * are one group, so that none waits until the last file of another has ended.
 */
const workers = Math.max(3, availableParallelism());

// Workers and the programs that tests start share what they have compiled, with each other and with the next run.
process.env['NODE_COMPILE_CACHE'] ??= new URL('../node_modules/.cache/compiled', import.meta.url).pathname;

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
  'unit/functions/platform/workbook/spreadsheet',
  'unit/functions/web/fields/round-trip',
  'e2e/every-page',
  'e2e/tables',
  'e2e/questionnaire-life',
  'e2e/year',
  'e2e/colleagues',
  'e2e/course',
  'e2e/desk-pages',
  'e2e/clicks',
  'infra/deployed',
  'infra/stack',
  'infra/new-prefecture',
  'infra/released',
  'integration/local/start',
  'integration/export/failures',
  'integration/api/authorisation',
  'integration/local/commands',
  'integration/api/workbook-fixtures',
  'integration/web/answering',
  'integration/operation/restore-drill',
  'integration/operation/accounts',
  'integration/api/wrong-questionnaires',
  'integration/storage/failures',
  'integration/export/publish',
  'integration/export/consistency',
  'integration/web/accounts',
  'integration/pipeline/imported-questionnaire',
  'integration/web/unsaved',
  'integration/chaos/kills',
];

/** One after the other, those of long files first: a worker that is given a file of another one is started anew. */
const projectsInOrder = ['browser', 'infra', 'integration', 'unit'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return found < 0 ? longest.length : found;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of the sequencer, which gives a new list
    const sorted = await super.sort(files);
    const turn = ({ project }: TestSpecification): number => projectsInOrder.indexOf(project.name);
    return sorted.toSorted((a, b) => turn(a) - turn(b) || place(a) - place(b));
  }
}

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from the default export
export default defineConfig(({ mode }) => ({
  test: {
    root: new URL('..', import.meta.url).pathname,
    maxWorkers: workers,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          isolate,
          exclude: mode === 'fast' ? slow : [],
          // Without the others these wait for nothing, and each worker more reads the libraries once more.
          maxWorkers: mode === 'fast' ? '100%' : workers,
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          isolate,
          globalSetup: 'test/infra/assemblies.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}));

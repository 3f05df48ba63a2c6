/** Every kind of question, whatever was answered: its figures are counted again from the tables alone. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyCounts } from '../../../../../functions/export/verify/counts.ts';
import { readDirectory } from '../../../../../functions/export/verify/directory.ts';
import { Folder } from '../../../../../functions/export/verify/folder.ts';
import { readTables, withTotals } from '../../../../../functions/export/verify/recount.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';

const codes = directory.municipalities.map(({ code }) => code);
const returns = fc.array(answersOf(everyQuestion, { municipalities: codes }), { minLength: 3, maxLength: 3 });

describe('the figures of every kind', () => {
  it('are found again in the tables', async () => {
    await fc.assert(
      fc.asyncProperty(returns, async (given) => {
        const path = await mkdtemp(join(tmpdir(), 'yoriai-'));
        try {
          const { files, bytes } = await exportFiles({ round, directory }, [
            { form: everyQuestion, returns: given.map((answers) => ({ answers, state: 'accepted' as const })) },
          ]);
          for (const [name, content] of bytes) {
            await mkdir(dirname(join(path, name)), { recursive: true });
            await writeFile(join(path, name), content);
          }
          const folder = new Folder(path, files);
          const internal = await readTables(folder, 'internal/', [everyQuestion.id]);
          const ofPublic = withTotals(await readTables(folder, 'public/', [everyQuestion.id]), internal);
          const units = await readDirectory(folder);
          await verifyCounts(folder, 'internal/', round.id, { directory: units, tables: internal });
          await verifyCounts(folder, 'public/', round.id, { directory: units, tables: ofPublic });
          expect(folder.disagreements).toEqual([]);
        } finally {
          await rm(path, { recursive: true });
        }
      }),
      { numRuns: 2 },
    );
  }, 60_000);
});

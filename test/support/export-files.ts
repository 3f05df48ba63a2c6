/** The files of an export of given returns, without any AWS. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../functions/export/write-files.ts';
import type { Formats, WrittenFile } from '../../functions/export/files/formats.ts';
import type { EditionWithTables } from '../../functions/export/edition-with-tables.ts';
import type { Snapshot } from '../../functions/export/snapshot.ts';
import type { CountedForm } from '../../functions/service/counted-returns.ts';
import { reportingUnits } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { OnBehalf, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { readParquet } from './read-parquet.ts';
import { textOfFile } from './zip.ts';

export interface GivenReturn {
  readonly answers: Answers;
  readonly state: 'submitted' | 'accepted';
  readonly reasons?: Readonly<Record<string, string>>;
  readonly onBehalf?: OnBehalf;
}

export interface Exported {
  readonly files: readonly WrittenFile[];
  /** Contents by path. */
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** The same as text, documents and tables unpacked. */
  readonly texts: ReadonlyMap<string, string>;
}

function versionOf(round: Round, form: Form, unit: string, { answers, reasons = {}, onBehalf }: GivenReturn): Version {
  return {
    round: round.id,
    form: form.id,
    formVersion: form.version,
    unit,
    version: 1,
    answers,
    reasons,
    submittedAt: '2024-11-20T03:00:00.000Z',
    submittedBy: 'mark-of-the-officer',
    late: true,
    receipt: `mark-of-receipt-${unit}`,
    sha256: 'f'.repeat(64),
    ...(onBehalf === undefined ? {} : { onBehalf }),
  };
}

async function textOfParquet(bytes: Buffer): Promise<string> {
  return (await readParquet(bytes)).map((row) => Object.values(row).map(String).join(' ')).join('\n');
}

/**
 * The first units of each form give the returns, in the order of the directory.
 *
 * @param of `byClass` is the class that is published, with tables of all questions
 */
export async function exportFiles(
  {
    round,
    directory,
    byClass,
    before,
  }: {
    round: Round;
    directory: Directory;
    byClass?: string;
    /** An earlier round with returns of one form, in the same directory. */
    before?: { readonly round: Round; readonly form: Form; readonly returns: readonly GivenReturn[] };
  },
  given: readonly { readonly form: Form; readonly returns: readonly GivenReturn[] }[],
  formats?: Formats,
  newestEdition?: EditionWithTables,
): Promise<Exported> {
  const versions: Version[] = [];
  const counted = (of: Round, { form, returns }: (typeof given)[number]): CountedForm => {
    const units = reportingUnits(directory, form.units);
    const all = returns.flatMap((each, index) => {
      const unit = units[index];
      if (unit === undefined) return [];
      versions.push(versionOf(of, form, unit.code, each));
      return [{ unit, state: each.state, version: 1, standing: { state: each.state, version: 1 } }];
    });
    return {
      form,
      counts: { expected: units.length, submitted: 0, accepted: 0, correcting: 0 },
      units,
      absent: new Set(),
      returns: all,
    };
  };
  const forms = given.map((each) => counted(round, each));
  const total = versions.length;
  const snapshot: Snapshot = {
    round,
    directory,
    asOf: { seq: 7, at: '2024-11-20T04:00:00.000Z' },
    licence: 'CC-BY-4.0',
    edition: newestEdition && newestEdition.edition + 1,
    newestEdition,
    ...(byClass === undefined
      ? {}
      : { byClass: { by: byClass, leftOut: [], held: [] }, report: { handout: { byClass } } }),
    forms,
    previous:
      before === undefined
        ? []
        : [
            {
              ...counted(before.round, before),
              audiences: ['internal', 'public'],
              round: before.round,
              directory,
              editions: [],
            },
          ],
    total,
  };
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  try {
    const store = {
      async *versionsOf(named: readonly { form: string; unit: string }[], of: string) {
        for (const { form, unit } of named)
          yield* versions.filter((each) => each.round === of && each.form === form && each.unit === unit);
      },
    };
    const files = await writeFiles({ store }, snapshot, folder, () => Promise.resolve(), formats);
    const bytes = new Map<string, Buffer>();
    for (const { path } of files) bytes.set(path, await readFile(join(folder, path)));
    const texts = new Map<string, string>();
    for (const [path, content] of bytes)
      texts.set(path, path.endsWith('.parquet') ? await textOfParquet(content) : textOfFile(path, content));
    return { files, bytes, texts };
  } finally {
    await rm(folder, { recursive: true });
  }
}

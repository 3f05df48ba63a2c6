/** Exports while the round goes on: whatever happens meanwhile, one export agrees with itself and with the log up to its N. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataPackage } from '../../../functions/export/files/data-package.ts';
import type { Formats } from '../../../functions/export/files/formats.ts';
import { returnJson } from '../../../functions/export/files/return-json.ts';
import { returnTables } from '../../../functions/export/files/return-tables.ts';
import { summaryJson } from '../../../functions/export/files/summary-files.ts';
import { latestFileKey, publishedFileKey } from '../../../functions/storage/bucket-keys.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { latestExport, manifest as manifestSchema, publishedEdition } from '../../../schemas/export.ts';
import type { PublishedEdition } from '../../../schemas/export.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { directoryFixture, exportRound, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { CountedRound, form, Gate, records, round } from '../support/counted-round.ts';
import type { Exported } from '../support/counted-round.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const reasons = {
  'consultation.generalTransition.one-of-pair-zero': '確認済',
  'consultation.generalSettlement.one-of-pair-zero': '確認済',
};

const gate = new Gate();

/** What is counted and compared here; workbook and reports take most of an export's time, and it is exported many times. */
const countedFiles: Formats = { returns: [returnTables, returnJson], documents: [summaryJson, dataPackage] };

let system: TestSystem;
let surveys: Record<string, Answers>;
let codes: string[];
let counted: CountedRound;

const pathOf = (code: string): string => `${round}/returns/${form}/${code}`;

async function submit(code: string, answers = surveys[code]): Promise<Reply> {
  const client = system.municipality(code);
  const current = await client.get(pathOf(code));
  const precondition: Record<string, string> =
    current.json().state === 'notStarted'
      ? { 'if-none-match': '*' }
      : { 'if-match': current.headers.get('etag') ?? '' };
  ok(await client.put(pathOf(code), { answers, reasons }, precondition));
  return ok(await client.post(`${pathOf(code)}/submission`));
}

async function withdraw(code: string): Promise<Reply> {
  return ok(await system.municipality(code).delete(`${pathOf(code)}/submission`));
}

async function decide(code: string, decision: 'accept' | 'return'): Promise<Reply> {
  const { version } = ok(await system.prefecture.get(pathOf(code))).json();
  const comment = decision === 'return' ? { comment: '確認してください。' } : {};
  return ok(await system.prefecture.post(`${pathOf(code)}/decision`, { version, decision, ...comment }));
}

/** The first 24 municipalities: 12 submitted, 6 of them accepted. */
beforeAll(async () => {
  system = await startTestSystem({ alter: gate.alter, formats: countedFiles });
  const all = await directoryFixture('saitama-r6');
  const directory = directorySchema.parse({ ...all, municipalities: all.municipalities.slice(0, 24), councils: [] });
  codes = directory.municipalities.map(({ code }) => code);
  counted = new CountedRound(system, codes);
  surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  for (const code of codes) surveys[code] = withPartnersIn(surveys[code] ?? {}, new Set(codes));
  await openSystem(system, directory, 'R6', openRound({ [form]: 2024 }));
  for (const code of codes.slice(0, 12)) await submit(code);
  for (const code of codes.slice(0, 6)) await decide(code, 'accept');
});

afterAll(() => system.stop());

/** Leaves out partners that the smaller directory does not list. */
function withPartnersIn(answers: Answers, listed: ReadonlySet<string>): Answers {
  return JSON.parse(
    JSON.stringify(answers, (key, value: unknown) =>
      (key === 'partners' || key === 'ledBy') && Array.isArray(value) ? listedOr(value, listed) : value,
    ),
  );
}

/** At least one, since a joint centre needs a partner. */
function listedOr(partners: readonly unknown[], listed: ReadonlySet<string>): unknown[] {
  const kept = partners.filter((code) => typeof code === 'string' && listed.has(code));
  return kept.length > 0 || partners.length === 0 ? kept : [[...listed].find((code) => !partners.includes(code))];
}

/** Starts an export, makes the changes once it has read the log, and gives it when it has ended. */
async function exportDuring(changes: (exportId: string) => Promise<void>): Promise<Exported> {
  const open = gate.close();
  try {
    const { exportId } = ok(await system.prefecture.post(`${round}/exports`)).json();
    let record = { status: 'running', asOf: undefined };
    while (record.asOf === undefined) record = ok(await system.prefecture.get(`${round}/exports/${exportId}`)).json();
    await changes(exportId);
    expect(ok(await system.prefecture.get(`${round}/exports/${exportId}`)).json()).toMatchObject({
      status: 'running',
      done: 0,
    });
    open();
    return await counted.until(exportId);
  } finally {
    open();
  }
}

async function newestDone(): Promise<string> {
  const { exports } = ok(await system.prefecture.get(`${round}/exports`)).json();
  return exports.find(({ status }: { status: string }) => status === 'done').exportId;
}

async function latest(): Promise<ReturnType<typeof latestExport.parse>> {
  return latestExport.parse(JSON.parse(await system.bucket.readText(latestFileKey('R6'))));
}

describe('an export', () => {
  it('agrees with itself and with the log up to its N, whatever is submitted, withdrawn and decided meanwhile', async () => {
    const runs = [
      await exportDuring(async () => {
        await Promise.all([
          submit(codes[12] ?? ''),
          submit(codes[13] ?? ''),
          withdraw(codes[6] ?? ''),
          decide(codes[7] ?? '', 'accept'),
        ]);
      }),
      await exportDuring(async () => {
        await decide(codes[0] ?? '', 'return');
        await submit(codes[6] ?? '');
        await submit(codes[14] ?? '');
      }),
      await exportDuring(async () => {
        await submit(codes[0] ?? '', { ...surveys[codes[0] ?? ''], contact: { person: '訂正' } });
        await Promise.all([decide(codes[8] ?? '', 'return'), submit(codes[15] ?? ''), withdraw(codes[9] ?? '')]);
      }),
    ];
    for (const run of runs) await counted.expectConsistent(run);
    const last = (await counted.numberedLog()).at(-1)?.seq ?? 0;
    for (const { manifest } of runs) expect(manifest.asOf.seq).toBeLessThan(last);
    expect(new Set(runs.map(({ manifest }) => manifest.asOf.seq)).size).toBe(runs.length);
  });

  it('that has ended is what latest.json names, and no older one', async () => {
    let before = -1;
    for (const code of codes.slice(16, 18)) {
      const run = await exportDuring(async () => void (await submit(code)));
      const pointer = await latest();
      expect(pointer).toEqual({
        exportId: run.exportId,
        asOf: run.manifest.asOf,
        manifest: `exports/R6/${run.exportId}/manifest.json`,
      });
      expect(await newestDone()).toBe(run.exportId);
      expect(manifestSchema.parse(JSON.parse(await system.bucket.readText(pointer.manifest)))).toEqual(run.manifest);
      expect(pointer.asOf.seq).toBeGreaterThan(before);
      before = pointer.asOf.seq;
    }
  });

  it('is the summary of the round when nothing happens meanwhile', async () => {
    const { exportId } = await exportRound(system, 'R6');
    const { file } = await counted.exported(exportId);
    const { rows } = ok(await system.prefecture.get(`${round}/summary`)).json();
    expect(JSON.parse(await file('internal/summary.json')).rows).toEqual(rows);
  });

  it('runs alone: while it does, another is refused and told which one is running', async () => {
    const first = await exportDuring(async (exportId) => {
      const refused = await system.prefecture.post(`${round}/exports`);
      expect([refused.status, refused.json()]).toMatchObject([409, { code: 'export-running', exportId }]);
    });
    const next = ok(await system.prefecture.post(`${round}/exports`)).json();
    expect(next.exportId).not.toBe(first.exportId);
    await counted.until(next.exportId);
  });

  it('is started once by two who start it at the same time', async () => {
    const replies = await Promise.all([
      system.prefecture.post(`${round}/exports`),
      system.prefecture.post(`${round}/exports`),
    ]);
    const [started, refused] = replies.toSorted((a, b) => a.status - b.status);
    expect([started?.status, refused?.status]).toEqual([202, 409]);
    const { exportId } = started?.json() ?? {};
    expect(refused?.json()).toMatchObject({ code: 'export-running', exportId });
    await counted.until(exportId);
  });

  it('is neither published nor downloaded while it runs', async () => {
    await exportDuring(async (exportId) => {
      const publication = await system.prefecture.post(`${round}/exports/${exportId}/publication`);
      expect([publication.status, publication.json().code]).toEqual([409, 'export-not-done']);
      const download = await system.prefecture.get(`${round}/exports/${exportId}/files/manifest.json`);
      expect([download.status, download.json().code]).toEqual([409, 'export-not-done']);
    });
  });
});

describe('a publication', () => {
  /** Bytes by characters, so that files of every kind can be compared. */
  const read = async (edition: number, path: string): Promise<string> => {
    const content = await new Response(
      await system.bucket.readStream(publishedFileKey('R6', edition, path)),
    ).arrayBuffer();
    return Buffer.from(content).toString('latin1');
  };
  const textOf = (bytes: string | undefined): string => Buffer.from(bytes ?? '', 'latin1').toString('utf8');

  async function publish(exportId: string): Promise<PublishedEdition> {
    return publishedEdition.parse(ok(await system.prefecture.post(`${round}/exports/${exportId}/publication`)).json());
  }

  async function filesOf({ edition, files }: PublishedEdition): Promise<Record<string, string>> {
    const all = ['manifest.json', ...files.map(({ path }) => path)];
    return Object.fromEntries(await Promise.all(all.map(async (path) => [path, await read(edition, path)] as const)));
  }

  it('is the first edition, and after a correction the second, and the first stays as it was', async () => {
    const corrected = codes[1] ?? '';
    const answers = surveys[corrected] ?? {};
    const specific = 487;

    const firstRun = await counted.exported((await exportRound(system, 'R6')).exportId);
    const first = await publish(firstRun.exportId);
    expect(first).toMatchObject({ round: 'R6', edition: 1, exportId: firstRun.exportId, asOf: firstRun.manifest.asOf });
    const firstFiles = await filesOf(first);
    for (const { path, sha256 } of first.files) {
      expect(
        createHash('sha256')
          .update(firstFiles[path] ?? '', 'latin1')
          .digest('hex'),
      ).toBe(sha256);
      const { bytes } = ok(await system.prefecture.get(`${round}/exports/${firstRun.exportId}/files/public/${path}`));
      expect(firstFiles[path]).toBe(bytes.toString('latin1'));
    }
    expect(publishedEdition.parse(JSON.parse(textOf(firstFiles['manifest.json'])))).toEqual(first);

    await decide(corrected, 'return');
    await submit(corrected, { ...answers, consultation: { ...Object(answers['consultation']), specific } });
    await decide(corrected, 'accept');

    const secondRun = await counted.exported((await exportRound(system, 'R6')).exportId);
    const second = await publish(secondRun.exportId);
    expect(second).toMatchObject({ edition: 2, exportId: secondRun.exportId });
    for (const path of ['errata.csv', 'errata.returns.csv']) {
      expect(second.files.map((file) => file.path)).toContain(path);
      const { bytes } = ok(await system.prefecture.get(`${round}/exports/${secondRun.exportId}/files/edition/${path}`));
      expect(bytes.toString('latin1')).toBe(await read(2, path));
    }
    const refused = await system.prefecture.get(`${round}/exports/${firstRun.exportId}/files/edition/errata.csv`);
    expect([refused.status, refused.json().code]).toEqual([404, 'not-found']);
    const errata = records(await secondRun.file('edition/errata.returns.csv'));
    expect(errata).toContainEqual(
      expect.objectContaining({
        unit: corrected,
        column: 'consultation.specific',
        after: String(specific),
        valueUnit: '事業所',
      }),
    );
    const published = (files: Record<string, string>): string | undefined =>
      records(textOf(files[`${form}.csv`])).find(({ unit }) => unit === corrected)?.['consultation.specific'];
    expect(published(await filesOf(second))).toBe(String(specific));
    expect(published(firstFiles)).not.toBe(String(specific));
    expect(await filesOf(first)).toEqual(firstFiles);

    const again = await system.prefecture.post(`${round}/exports/${firstRun.exportId}/publication`);
    expect([again.status, again.json().code]).toEqual([409, 'already-published']);
    const editions = (await counted.numberedLog()).flatMap((entry) =>
      entry.what === 'published' ? [[entry.edition, entry.exportId]] : [],
    );
    expect(editions).toEqual([
      [1, firstRun.exportId],
      [2, secondRun.exportId],
    ]);
  });
});

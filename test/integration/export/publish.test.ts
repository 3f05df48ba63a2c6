import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runDueExports } from '../../../functions/export/scheduled.ts';
import { takeDown } from '../../../functions/export/take-down.ts';
import { exportFileKey, publishedFileKey } from '../../../functions/storage/bucket-keys.ts';
import { editionKey } from '../../../functions/storage/keys.ts';
import { publishedEdition } from '../../../schemas/export.ts';
import { ruleBreaks } from '../../support/machine-readable.ts';
import { readTable, tableResource } from '../../support/read-table.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns, tablesOnly } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { codeOf, complete, returnOf, round, submitFirst, succeed, unitsOfSaitama } from '../support/storage.ts';

const codebookRow = z.looseObject({ file: z.string(), column: z.string(), type: z.string(), unit: z.string() });

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let system: ExportSystem;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  system = await createExportSystem(emulators);
  await submitReturns(system, 2, 1);
});

afterEach(() => rm(system.deps.workDir, { recursive: true }));

async function exported(): Promise<string> {
  return succeed(await system.exportRound(tablesOnly)).exportId;
}

/** With the workbook and the reports, too. */
async function exportedWhole(): Promise<string> {
  return succeed(await system.exportRound()).exportId;
}

describe('a publication', () => {
  it('copies the public files to the next edition and writes the next log entry', async () => {
    const exportId = await exportedWhole();
    const { files, asOf } = await system.manifestOf(exportId);
    const published = succeed(await system.publish(exportId));
    expect(published).toEqual({
      round,
      edition: 1,
      exportId,
      asOf,
      publishedAt: '2024-10-15T03:00:00.000Z',
      files: files
        .filter(({ path }) => path.startsWith('public/'))
        .map((file) => ({ ...file, path: file.path.replace('public/', '') })),
    });
    for (const { path } of published.files)
      expect(await system.bucket.hash(publishedFileKey(round, 1, path))).toBe(
        await system.bucket.hash(exportFileKey(round, exportId, `public/${path}`)),
      );
    const text = await system.bucket.readText(publishedFileKey(round, 1, 'manifest.json'));
    expect(publishedEdition.parse(JSON.parse(text))).toEqual(published);
    expect((await system.table.store.roundState(round))?.asOf.seq).toBe(asOf.seq + 1);
    expect(await system.deps.exports.export(round, exportId)).toMatchObject({ status: 'done', edition: 1 });
  });

  it('numbers editions one after the other', async () => {
    for (const edition of [1, 2, 3]) expect(succeed(await system.publish(await exported())).edition).toBe(edition);
  });

  it('refuses what is not there, not done, or published already', async () => {
    expect(codeOf(await system.publish('20241015T030000Z-AAAAAA'))).toBe('not-found');
    const exportId = await exported();
    const running = succeed(await system.deps.exports.startExport(round, '県')).exportId;
    expect(codeOf(await system.publish(running))).toBe('export-not-done');
    succeed(await system.publish(exportId));
    expect(codeOf(await system.publish(exportId))).toBe('already-published');
  });

  it('is of an export that knows the newest edition, whose corrections its report says', async () => {
    const [older, newer] = [await exported(), await exported()];
    succeed(await system.publish(newer));
    // Nothing but the publication came in between.
    const { problem } = { problem: undefined, ...(await system.publish(older)) };
    expect(problem).toEqual({
      code: 'older-than-published',
      detail: '第1版を公表した後に、新しい出力を行ってください。',
    });
    expect(await system.deps.exports.export(round, older)).not.toHaveProperty('edition');
    // Nor by taking over the number of an abandoned publication.
    const abandoned = await exported();
    succeed(await system.deps.publications.reserveEdition(round, abandoned, '県'));
    system.table.setClock('2024-10-15T12:03:00+09:00');
    expect(codeOf(await system.publish(older))).toBe('older-than-published');
    expect(succeed(await system.publish(abandoned)).edition).toBe(2);
  });

  it('after an edition of a release that kept no number of its log entry is of an export that is no older', async () => {
    const older = await exported();
    succeed(
      await system.table.store.decide(returnOf(unitsOfSaitama[1] ?? ''), { version: 1, decision: 'accept' }, '県'),
    );
    const newer = await exported();
    succeed(await system.publish(newer));
    const { client, table } = system.table.context;
    await client.send(
      new UpdateCommand({ TableName: table, Key: editionKey(round, 1), UpdateExpression: 'REMOVE seq' }),
    );
    expect(codeOf(await system.publish(older))).toBe('older-than-published');
    expect(succeed(await system.publish(await exported())).edition).toBe(2);
  });

  it('never mixes with another one', async () => {
    const ids = [await exported(), await exported()];
    const codes = (await Promise.all(ids.map((id) => system.publish(id)))).map(codeOf);
    expect(codes.toSorted()).toEqual(['ok', 'publication-running']);
  });

  it('takes over the number of one that was abandoned, which can then complete nothing', async () => {
    const [abandoned, wanted] = [await exported(), await exported()];
    const reservation = succeed(await system.deps.publications.reserveEdition(round, abandoned, '県'));
    expect(codeOf(await system.publish(wanted))).toBe('publication-running');
    system.table.setClock('2024-10-15T12:03:00+09:00');
    expect(succeed(await system.publish(wanted)).edition).toBe(1);
    await expect(system.deps.publications.renewEdition(reservation)).rejects.toThrow('no longer');
    await expect(system.deps.publications.completeEdition(reservation)).rejects.toThrow('no longer');
  });

  it('first completes an edition that another one left sealed', async () => {
    const [sealed, wanted] = [await exported(), await exported()];
    const { publications, bucket } = system.deps;
    const { files } = await system.manifestOf(sealed);
    for (const { path } of files.filter(({ path }) => path.startsWith('public/')))
      await bucket.copy(exportFileKey(round, sealed, path), publishedFileKey(round, 1, path.replace('public/', '')));
    await publications.sealEdition(succeed(await publications.reserveEdition(round, sealed, '県')));
    system.table.setClock('2024-10-15T12:03:00+09:00');
    // Which the one that was asked for does not know then.
    expect(codeOf(await system.publish(wanted))).toBe('older-than-published');
    expect(await system.deps.publications.newestEdition(round)).toMatchObject({ edition: 1 });
    expect(succeed(await system.publish(await exported())).edition).toBe(2);
    expect(await system.deps.exports.export(round, sealed)).toMatchObject({ edition: 1 });
    const text = await system.bucket.readText(publishedFileKey(round, 1, 'manifest.json'));
    expect(JSON.parse(text)).toMatchObject({ exportId: sealed, publishedAt: '2024-10-15T03:00:00.000Z' });
  });
});

describe('an edition that is taken back', () => {
  const takeBack = (edition: number) =>
    system.deps.publications.withdrawEdition(round, edition, { actor: '県', reason: '個人名の記載' });

  it('keeps its number and its files; the next is of an export that knows of it, and corrects the last that stands', async () => {
    succeed(await system.publish(await exported()));
    const taken = await exported();
    succeed(await system.publish(taken));
    const known = await exported();
    succeed(await takeBack(2));
    expect(codeOf(await takeBack(2))).toBe('edition-withdrawn');
    expect(codeOf(await takeBack(3))).toBe('not-found');
    expect(codeOf(await system.publish(known))).toBe('older-than-published');
    expect(codeOf(await system.publish(taken))).toBe('already-published');
    const third = succeed(await system.publish(await exportedWhole()));
    expect(third.edition).toBe(3);
    expect((await system.deps.publications.editions(round)).map(({ withdrawal }) => withdrawal?.reason)).toEqual([
      undefined,
      '個人名の記載',
      undefined,
    ]);
    expect((await system.table.store.roundState(round))?.editions).toHaveLength(3);
    expect(third.files.map(({ path }) => path)).toContain('errata.csv');
    const report = await system.bucket.readText(publishedFileKey(round, 3, 'report.html'));
    expect(report).toContain('<p class="edition">第3版</p>');
    expect(report).toContain('第1版（令和6年10月15日現在）に公表した内容に訂正はない。');
    const text = await system.bucket.readText(publishedFileKey(round, 2, 'manifest.json'));
    expect(JSON.parse(text)).toMatchObject({ edition: 2, exportId: taken });
  });

  it('where no other stands is followed by one that says its number, and corrects nothing', async () => {
    succeed(await system.publish(await exported()));
    succeed(await takeBack(1));
    const second = succeed(await system.publish(await exportedWhole()));
    expect(second.files.map(({ path }) => path)).not.toContain('errata.csv');
    const report = await system.bucket.readText(publishedFileKey(round, 2, 'report.html'));
    expect(report).toContain('<p class="edition">第2版</p>');
    expect(report).not.toContain('正誤表');
  });

  it('while the next one is copied leaves that one unpublished', async () => {
    succeed(await system.publish(await exported()));
    const next = await exported();
    const { publications } = system.deps;
    const reservation = succeed(await publications.reserveEdition(round, next, '県'));
    succeed(await takeBack(1));
    await expect(publications.sealEdition(reservation)).rejects.toThrow('older-than-published');
    await publications.releaseEdition(reservation);
    expect(succeed(await system.publish(await exported())).edition).toBe(2);
  });

  it('after the next one was sealed leaves that one unpublished too', async () => {
    succeed(await system.publish(await exported()));
    const { publications } = system.deps;
    const reserved = succeed(await publications.reserveEdition(round, await exported(), '県'));
    const sealed = await publications.sealEdition(reserved);
    succeed(await takeBack(1));
    await expect(publications.completeEdition(sealed)).rejects.toThrow('older-than-published');
    system.table.setClock('2024-10-15T12:03:00+09:00');
    const wanted = await exported();
    expect(succeed(await system.publish(wanted))).toMatchObject({ edition: 2, exportId: wanted });
    expect((await publications.editions(round)).map(({ exportId }) => exportId)).toEqual([expect.anything(), wanted]);
  });
});

describe('what lies of an edition that is taken back', () => {
  const withdrawal = { actor: '県', reason: '個人名の記載' };
  const isThere = (edition: number, path: string): Promise<boolean> =>
    system.bucket.hash(publishedFileKey(round, edition, path)).then(
      () => true,
      () => false,
    );
  const removedAt = async (): Promise<(string | undefined)[]> =>
    (await system.deps.publications.editions(round)).map((edition) => edition.withdrawal?.filesRemovedAt);

  it('goes, whichever call it is that fails first, and nothing else does', async () => {
    const exportId = await exported();
    const { files } = succeed(await system.publish(exportId));
    succeed(await system.publish(await exported()));
    const { publications } = system.deps;
    await takeDown(system.deps, round);
    expect(await isThere(1, 'manifest.json')).toBe(true);
    succeed(await publications.withdrawEdition(round, 1, withdrawal));
    let failed = 0;
    for (const when of ['before', 'after'] as const)
      for (let nth = 1; ; nth += 1) {
        system.calls.fail(nth, when);
        const ended = await takeDown(system.deps, round).then(
          () => true,
          () => false,
        );
        if (ended) break;
        failed += 1;
      }
    system.calls.clear();
    expect(failed).toBeGreaterThan(4);
    await takeDown(system.deps, round);
    expect(await removedAt()).toEqual(['2024-10-15T03:00:00.000Z', undefined]);
    for (const path of ['manifest.json', ...files.map((file) => file.path)])
      expect([path, await isThere(1, path), await isThere(2, path)]).toEqual([path, false, true]);
    // The export keeps them: what was printed is known, and later editions are judged by it.
    expect(await system.bucket.readText(exportFileKey(round, exportId, 'public/summary.json'))).toContain(round);
    expect(succeed(await system.publish(await exported())).edition).toBe(3);
  });

  it('goes with the daily start where nobody was told of it', async () => {
    succeed(await system.publish(await exported()));
    succeed(await system.deps.publications.withdrawEdition(round, 1, withdrawal));
    await runDueExports({ ...system.deps, formats: tablesOnly }, '2024-10-15T12:00:00+09:00', async () => undefined);
    expect(await isThere(1, 'summary.json')).toBe(false);
    expect(await removedAt()).toEqual(['2024-10-15T03:00:00.000Z']);
  });
});

describe('a correction', () => {
  const errataOf = async (edition: number, file = 'errata.csv'): Promise<Record<string, string>[]> =>
    parse(await system.bucket.readText(publishedFileKey(round, edition, file)), { columns: true });

  /** The first return is sent back, corrected and accepted; a second one is accepted too. */
  async function correct(): Promise<void> {
    const { store } = system.table;
    const key = returnOf();
    succeed(await store.decide(key, { version: 1, decision: 'return', comment: '訂正', questions: [] }, '県'));
    const { etag } = succeed(await store.readDraft(key));
    const part = { kind: 'section', section: 'overview' } as const;
    const overview = { status: 'established', meetings: 7, topics: ['work'] };
    succeed(await store.saveDraft(key, part, { answers: overview }, { ifMatch: etag(part) }, '市'));
    succeed(await store.submit(key, { actor: '市', body: '' }));
    succeed(await store.decide(key, { version: 2, decision: 'accept' }, '県'));
    const other = returnOf(unitsOfSaitama[5]);
    await submitFirst(system.table, other, complete);
    succeed(await store.decide(other, { version: 1, decision: 'accept' }, '県'));
  }

  it('makes the next edition, with the list of what is published otherwise than before', async () => {
    succeed(await system.publish(await exportedWhole()));
    const before = await system.bucket.hash(publishedFileKey(round, 1, 'summary.json'));
    await correct();
    const second = succeed(await system.publish(await exportedWhole()));
    expect(second.edition).toBe(2);
    const report = await system.bucket.readText(publishedFileKey(round, 2, 'report.html'));
    expect(report).toContain(
      '<th scope="row">試しの調査票「概要・開催回数」</th><td>0回（母数1）</td><td>19回（母数2）</td>',
    );
    expect(report).toContain('・訂正：さいたま市（試しの調査票、1項目）');
    const errata = await errataOf(2);
    const sum = errata.find(({ question, measure }) => question === 'overview.meetings' && measure === 'sum');
    expect(sum).toMatchObject({
      change: 'changed',
      before: '0',
      after: '19',
      measureUnit: '回',
      baseBefore: '1',
      baseAfter: '2',
    });
    const printed = errata.map(({ before, after, baseBefore, baseAfter, kindsBefore, kindsAfter }) => [
      [before, baseBefore, kindsBefore],
      [after, baseAfter, kindsAfter],
    ]);
    expect(printed.filter(([before, after]) => JSON.stringify(before) === JSON.stringify(after))).toEqual([]);
    const returns = await errataOf(2, 'errata.returns.csv');
    const corrected = {
      change: 'changed',
      form: 'scratch-form',
      table: 'scratch-form.csv',
      unit: unitsOfSaitama[0],
      unitName: 'さいたま市',
      entry1: '',
      entryName: '',
    };
    expect(returns).toEqual([
      { ...corrected, column: 'overview.meetings', label: '開催回数', before: '0', after: '7', valueUnit: '回' },
      expect.objectContaining({ change: 'added', unit: unitsOfSaitama[5], column: '', before: '', after: '' }),
    ]);
    expect(JSON.stringify([...errata, ...returns])).not.toContain('非公表');
    // The first edition stays as it was.
    expect(await system.bucket.hash(publishedFileKey(round, 1, 'summary.json'))).toBe(before);
    const text = await system.bucket.readText(publishedFileKey(round, 2, 'errata.csv'));
    const listed = second.files.find(({ path }) => path === 'errata.csv');
    expect(listed).toEqual({
      path: 'errata.csv',
      rows: errata.length,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  });

  it('makes an edition of which every table obeys the rules and can be read back through its own schema', async () => {
    succeed(await system.publish(await exportedWhole()));
    await correct();
    const { files } = succeed(await system.publish(await exportedWhole()));
    const read = (path: string): Promise<string> => system.bucket.readText(publishedFileKey(round, 2, path));
    const described = new Set<string>();
    const { resources } = z
      .looseObject({ resources: z.array(tableResource) })
      .parse(JSON.parse(await read('datapackage.json')));
    const codebook = z.array(codebookRow).parse(parse(await read('codebook.csv'), { columns: true }));
    for (const each of resources) {
      const text = await read(each.path);
      expect(readTable(text, each)).toHaveLength(files.find(({ path }) => path === each.path)?.rows ?? -1);
      expect(ruleBreaks(text, each, codebook)).toEqual([]);
      described.add(each.path);
    }
    const tables = files
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.csv') && !path.endsWith('.excel.csv'));
    expect([...described].toSorted()).toEqual(tables.toSorted());
  });

  it('has an empty list where nothing that is public changed, and the first edition has none', async () => {
    const first = succeed(await system.publish(await exported()));
    expect(first.files.map(({ path }) => path)).not.toContain('errata.csv');
    await submitFirst(system.table, returnOf(unitsOfSaitama[9]), complete);
    succeed(await system.publish(await exported()));
    expect(await errataOf(2)).toEqual([]);
    expect(await errataOf(2, 'errata.returns.csv')).toEqual([]);
  });

  it('is copied as it was written when a publication that failed at the end is finished by another', async () => {
    succeed(await system.publish(await exported()));
    await correct();
    const exportId = await exported();
    const { publications } = system.deps;
    // The log entry cannot be written, three times.
    const failing = { ...publications, completeEdition: () => Promise.reject(new Error('no log')) };
    const { publish } = await import('../../../functions/service/publish.ts');
    await expect(publish({ ...system.deps, publications: failing }, round, exportId, '県')).rejects.toThrow('no log');
    const paths = ['errata.csv', 'errata.returns.csv'];
    const texts = (): Promise<string[]> =>
      Promise.all(paths.map((path) => system.bucket.readText(publishedFileKey(round, 2, path))));
    const before = await texts();
    system.table.setClock('2024-10-15T13:00:00+09:00');
    const finished = succeed(await system.publish(exportId));
    expect(finished.edition).toBe(2);
    expect(await texts()).toEqual(before);
    expect(finished.files.map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
  });
});

import { readdir, rm } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportDeps } from '../../../functions/export/deps.ts';
import { runExport } from '../../../functions/export/run.ts';
import { requestExport } from '../../../functions/service/start-export.ts';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { summary } from '../../../schemas/export.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns, tablesOnly } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { complete, definition, returnOf, round, submitFirst, succeed, unitsOfSaitama } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let system: ExportSystem;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  system = await createExportSystem(emulators);
});

afterEach(() => rm(system.deps.workDir, { recursive: true }));

async function textOf(exportId: string, path: string): Promise<string> {
  return system.bucket.readText(exportFileKey(round, exportId, path));
}

async function exported(): Promise<string> {
  return succeed(await system.exportRound(tablesOnly)).exportId;
}

/** With the workbook and the reports, too. */
async function exportedWhole(): Promise<string> {
  return succeed(await system.exportRound()).exportId;
}

describe('an export', () => {
  it('holds what its manifest says, byte by byte, and becomes the latest', async () => {
    await submitReturns(system, 5, 2);
    const exportId = await exportedWhole();

    const manifest = await system.manifestOf(exportId);
    expect(manifest.forms).toEqual({ 'scratch-form': { expected: 63, submitted: 3, accepted: 2, correcting: 0 } });
    expect(manifest.files.map(({ path }) => path).filter((path) => !path.endsWith('.parquet'))).toEqual(
      ['internal', 'public'].flatMap((audience) =>
        [
          'scratch-form.csv',
          'scratch-form.bodies.csv',
          'scratch-form.json',
          'scratch-form.excel.csv',
          'directory.csv',
          'directory.members.csv',
          ...(audience === 'internal' ? ['directory.classes.csv'] : []),
          'summary.json',
          'summary.csv',
          ...(audience === 'internal' ? ['summary.units.csv'] : []),
          'codebook.csv',
          'r6.xlsx',
          'report.html',
          'report.docx',
          ...(audience === 'internal' ? [] : ['open-data.txt', 'open-data.jsonld']),
          'datapackage.json',
        ].map((name) => `${audience}/${name}`),
      ),
    );
    const tables = manifest.files.filter(({ path }) => path.includes('/parquet/'));
    expect(tables.map(({ path }) => path)).toEqual(
      ['internal', 'public'].flatMap((audience) =>
        [
          'scratch_form/prefecture=110001/round=r6/form=scratch-form',
          'scratch_form_bodies/prefecture=110001/round=r6/form=scratch-form',
          'directory/prefecture=110001/round=r6',
          'directory_members/prefecture=110001/round=r6',
          ...(audience === 'internal' ? ['directory_classes/prefecture=110001/round=r6'] : []),
          'summary/prefecture=110001/round=r6',
          ...(audience === 'internal' ? ['summary_units/prefecture=110001/round=r6'] : []),
          'codebook/prefecture=110001/round=r6',
        ].map((name) => `${audience}/parquet/${name}/part.parquet`),
      ),
    );
    for (const { path, sha256, bytes } of manifest.files) {
      expect(await system.bucket.hash(exportFileKey(round, exportId, path))).toBe(sha256);
      const content = await new Response(
        await system.bucket.readStream(exportFileKey(round, exportId, path)),
      ).arrayBuffer();
      expect(content.byteLength).toBe(bytes);
    }
    expect(await system.deps.exports.export(round, exportId)).toMatchObject({
      status: 'done',
      requestedBy: '県',
      done: 5,
      total: 5,
      asOf: manifest.asOf,
      manifest,
    });
    expect(await system.latestFile()).toEqual({
      exportId,
      asOf: manifest.asOf,
      manifest: `exports/r6/${exportId}/manifest.json`,
    });
    expect(await readdir(system.deps.workDir)).toEqual([]);
  });

  it('prints at the head of its report what the prefecture says of it, however it was started', async () => {
    const headOf = async (given: Pick<ExportDeps, 'division' | 'report'> = {}): Promise<string[]> => {
      const { exportId } = succeed(await system.deps.exports.startExport(round, '県'));
      await runExport({ ...system.deps, ...given }, round, exportId);
      const html = await textOf(exportId, 'public/report.html');
      const head = html.slice(html.indexOf('<header>'), html.indexOf('</header>'));
      return [...head.matchAll(/<p class="(?:number|occasion)">(?<text>[^<]*)/gu)]
        .map(({ groups }) => groups?.['text'] ?? '')
        .filter((text) => text !== definition.name);
    };
    expect(await headOf()).toEqual(['埼玉県']);
    expect(await headOf({ division: '福祉部' })).toEqual(['福祉部']);
    const settings = { documentNumber: '資料５', meeting: '県協議会', date: '2025-01-20', division: '障害者支援課' };
    succeed(await system.table.store.saveReportSettings(round, settings, '県'));
    expect(await headOf({ division: '福祉部' })).toEqual(['資料５', '県協議会', '令和7年1月20日', '障害者支援課']);
    expect(await headOf({ report: { meeting: '専門部会' } })).toEqual([
      '資料５',
      '専門部会',
      '令和7年1月20日',
      '障害者支援課',
    ]);
  });

  it('leads with the keys and what stands of the return, internally', async () => {
    await submitReturns(system, 1, 1);
    const exportId = await exported();
    const [row]: Record<string, string>[] = parse(await textOf(exportId, 'internal/scratch-form.csv'), {
      columns: true,
    });
    const version = await system.table.store.version(returnOf(), 1);
    expect(Object.entries(row ?? {}).slice(0, 12)).toEqual([
      ['round', 'r6'],
      ['unit', unitsOfSaitama[0]],
      ['unitName', 'さいたま市'],
      ['state', 'accepted'],
      ['version', '1'],
      ['submittedAt', '2024-10-15T03:00:00.000Z'],
      ['late', '0'],
      ['receipt', version?.receipt],
      ['sha256', version?.sha256],
      ['onBehalf', ''],
      ['onBehalfReason', ''],
      ['overview.status', 'established'],
    ]);
    const publicText = await textOf(exportId, 'public/scratch-form.csv');
    expect(publicText.split(',').slice(0, 4)).toEqual(['round', 'unit', 'unitName', 'overview.status']);
    expect(publicText).not.toContain('非公表');
  });

  it('counts a return under correction as it was accepted, also when it is submitted again, until another is', async () => {
    await submitReturns(system, 2, 2);
    const { store } = system.table;
    const key = returnOf();
    const shown = async () => {
      const exportId = await exported();
      const { forms } = await system.manifestOf(exportId);
      const rows = ['internal', 'public'].map(async (audience) => {
        const csv: Record<string, string>[] = parse(await textOf(exportId, `${audience}/scratch-form.csv`), {
          columns: true,
        });
        return csv.map((row) => row['overview.meetings']);
      });
      const { municipalities } = summary.parse(JSON.parse(await textOf(exportId, 'public/summary.json')));
      return { counts: forms['scratch-form'], rows: await Promise.all(rows), municipalities };
    };
    const as = (meetings: string, correcting: number) => ({
      counts: { expected: 63, submitted: 0, accepted: 2, correcting },
      rows: [
        [meetings, '1'],
        [meetings, '1'],
      ],
      municipalities: 2,
    });
    const comment = '訂正してください。';
    succeed(await store.decide(key, { version: 1, decision: 'return', comment, questions: [] }, '県'));
    expect(await shown()).toEqual(as('0', 1));
    const { etag } = succeed(await store.readDraft(key));
    const answers = { ...complete.overview, meetings: 7 };
    const saved = { section: 'overview', kind: 'section' } as const;
    succeed(await store.saveDraft(key, saved, { answers }, { ifMatch: etag(saved) }, '市'));
    succeed(await store.submit(key, { actor: '市', body: '' }));
    expect(await shown()).toEqual(as('0', 1));
    succeed(await store.decide(key, { version: 2, decision: 'accept' }, '県'));
    expect(await shown()).toEqual(as('7', 0));
  });

  it('agrees with itself and with the tracker as of its number while submissions go on', async () => {
    await submitReturns(system, 4, 2);
    const units = unitsOfSaitama.slice(10, 40);
    const submissions = (async () => {
      for (const unit of units) {
        await submitFirst(system.table, returnOf(unit), complete);
        succeed(await system.table.store.decide(returnOf(unit), { version: 1, decision: 'accept' }, '県'));
      }
    })();
    const ids: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) ids.push(await exported());
    await submissions;

    const numbers: number[] = [];
    for (const exportId of ids) {
      const { asOf, forms } = await system.manifestOf(exportId);
      numbers.push(asOf.seq);
      const tracked = await system.table.store.roundState(round, asOf.seq);
      expect(tracked?.asOf).toEqual(asOf);
      const states = [...(tracked?.returns.values() ?? [])].map(({ state }) => state);
      const counts = {
        submitted: states.filter((state) => state === 'submitted').length,
        accepted: states.filter((state) => state === 'accepted').length,
      };
      expect(forms['scratch-form']).toEqual({ expected: 63, ...counts, correcting: 0 });
      for (const [audience, count] of [
        ['internal', counts.submitted + counts.accepted],
        ['public', counts.accepted],
      ] as const) {
        expect(parse(await textOf(exportId, `${audience}/scratch-form.csv`), { columns: true })).toHaveLength(count);
        const { municipalities, asOf: at } = summary.parse(
          JSON.parse(await textOf(exportId, `${audience}/summary.json`)),
        );
        expect({ municipalities, at }).toEqual({ municipalities: count, at: asOf });
      }
    }
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect((await system.latestFile()).exportId).toBe(ids.at(-1));
  });

  it('is written once, however often its request is delivered', async () => {
    const { exportId } = succeed(await system.deps.exports.startExport(round, '県'));
    await Promise.all([runExport(system.deps, round, exportId), runExport(system.deps, round, exportId)]);
    expect(await system.deps.exports.export(round, exportId)).toMatchObject({ status: 'done' });
    system.calls.clear();
    await runExport(system.deps, round, exportId);
    expect(system.calls.names).not.toContain('PutObjectCommand');
  });
});

describe('one export at a time', () => {
  it('refuses a second while the first runs, naming it', async () => {
    const { exportId } = succeed(await system.deps.exports.startExport(round, '県'));
    expect(await system.deps.exports.startExport(round, '県')).toEqual({
      ok: false,
      problem: { code: 'export-running', exportId },
    });
  });

  it('lets one of ten that start at once run', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => system.deps.exports.startExport(round, '県')));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('takes the place of an abandoned one, whose run can then write nothing', async () => {
    const { exports } = system.deps;
    const first = succeed(await exports.startExport(round, '県')).exportId;
    await exports.claimExport(round, first, 'run-1');
    system.table.setClock('2024-10-15T12:02:59+09:00');
    expect((await exports.startExport(round, '県')).ok).toBe(false);
    system.table.setClock('2024-10-15T12:03:00+09:00');
    expect(await exports.export(round, first)).toMatchObject({ status: 'failed', problem: 'internal' });

    const second = await exported();
    const manifest = await system.manifestOf(second);
    await expect(exports.exportWritten(round, first, 'run-1', { ...manifest, exportId: first })).rejects.toThrow(
      'no longer',
    );
    await expect(
      exports.renewExport(round, first, 'run-1', { asOf: manifest.asOf, done: 0, total: 0 }),
    ).rejects.toThrow('no longer');
    expect(await exports.latestExport(round)).toMatchObject({ exportId: second });
  });

  it('is free again at once when nobody could be told to write it', async () => {
    const dispatch = (): Promise<never> => Promise.reject(new Error('no function'));
    const refused = await requestExport({ ...system.deps, dispatch }, round, '県');
    expect(refused).toMatchObject({ ok: false, problem: { code: 'internal' } });
    const {
      exports: [failed],
    } = succeed(await system.deps.exports.exports(round, { limit: 10 }));
    expect(failed).toMatchObject({ status: 'failed', problem: 'internal' });
    expect((await system.deps.exports.startExport(round, '県')).ok).toBe(true);
  });

  it('extends its lease as it goes on', async () => {
    const { exports } = system.deps;
    const { exportId } = succeed(await exports.startExport(round, '県'));
    await exports.claimExport(round, exportId, 'run-1');
    system.table.setClock('2024-10-15T12:02:00+09:00');
    await exports.renewExport(round, exportId, 'run-1', { asOf: { seq: 1, at: '' }, done: 3, total: 9 });
    system.table.setClock('2024-10-15T12:04:00+09:00');
    expect(await exports.export(round, exportId)).toMatchObject({ status: 'running', done: 3, total: 9 });
  });
});

describe('the list of exports', () => {
  it('is newest first, page by page', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 5; nth += 1) ids.push(await exported());
    const list = system.deps.exports;
    const first = succeed(await list.exports(round, { limit: 3 }));
    const second = succeed(await list.exports(round, { limit: 3, cursor: first.next }));
    expect([...first.exports, ...second.exports].map(({ exportId }) => exportId)).toEqual(ids.toReversed());
    expect(second.next).toBeUndefined();
    expect(await list.exports(round, { limit: 3, cursor: '#LATEST' })).toMatchObject({ ok: false });
    expect(await list.export(round, '#LATEST')).toBeUndefined();
  });
});

describe('latest.json', () => {
  it('does not stay at an older export when its slow writer comes last', async () => {
    await submitReturns(system, 1, 1);
    const { exports, bucket } = system.deps;
    const slow = succeed(await exports.startExport(round, '県')).exportId;
    let newer = '';
    const overtaken = {
      ...bucket,
      putText: async (key: string, text: string, type: string): Promise<void> => {
        if (key.endsWith('latest.json') && newer === '') {
          newer = 'starting';
          system.table.setClock('2024-10-15T13:00:00+09:00');
          await submitFirst(system.table, returnOf(unitsOfSaitama[5]));
          newer = await exported();
          expect((await system.latestFile()).exportId).toBe(newer);
        }
        await bucket.putText(key, text, type);
      },
    };
    await runExport({ ...system.deps, bucket: overtaken }, round, slow);
    expect((await system.latestFile()).exportId).toBe(newer);
    expect(await exports.latestExport(round)).toMatchObject({ exportId: newer });
  });
});

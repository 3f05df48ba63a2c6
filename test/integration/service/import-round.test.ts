import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importRound } from '../../../functions/service/import-round.ts';
import type { ImportResult } from '../../../functions/service/import-round.ts';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { createImports } from '../../../functions/service/imports.ts';
import { sealOf } from '../../../functions/storage/seal.ts';
import { trackedReturn } from '../../../functions/domain/log.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { codeOf, definition, returnOf, round, saveFirst, succeed, unitsOfSaitama } from '../support/storage.ts';

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

const [first = '', second = ''] = unitsOfSaitama;

function importsOf({ table: { store, context } }: ExportSystem) {
  return createImports(store, context);
}

function contentOf(file: string | Uint8Array | undefined): Uint8Array | undefined {
  return typeof file === 'string' ? new TextEncoder().encode(file) : file;
}

async function bringIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  into = round,
  imports = importsOf(system),
): Promise<ImportResult> {
  const { store, context } = system.table;
  const deps = {
    store,
    imports,
    forms: context.forms,
    read: async (file: string) => contentOf(files[file]),
    step: () => undefined,
  };
  return importRound(deps, into, '県');
}

const csv = (...lines: string[]): string => lines.map((line) => `${line}\r\n`).join('');

const columns = [
  'round',
  'unit',
  'overview.status',
  'overview.meetings',
  'bodies',
  'overview.reason',
  'overview.topics.housing',
  'overview.topics.work',
  'remarks.memo',
].join(',');

const files = {
  'scratch-form.csv': csv(columns, `r6,${first},established,12,1,,,,`, `r6,${second},none,,,,,,`),
  'scratch-form.bodies.csv': csv('round,unit,id,order,bodies.name,bodies.members', `r6,${first},b1,1,"全体会,第1",5`),
};

describe('an import', () => {
  it('makes accepted versions, marked as imported, in the gapless log', async () => {
    expect(await bringIn(files)).toEqual({ kind: 'imported', imported: 2, unchanged: 0 });
    const { store } = system.table;
    const version = await store.version(returnOf(first), 1);
    expect(version?.answers).toEqual({
      overview: { status: 'established', meetings: 12 },
      bodies: [{ id: 'b1', name: '全体会,第1', members: 5 }],
    });
    if (version === undefined) throw new Error('no version');
    expect(version.sha256).toBe(sealOf(version));
    const state = await store.roundState(round);
    expect(state?.asOf.seq).toBe(3);
    expect(state === undefined ? undefined : trackedReturn(state, 'scratch-form', second)).toMatchObject({
      state: 'accepted',
      version: 1,
      acceptedVersion: 1,
      submittedAt: '2024-10-15T03:00:00.000Z',
    });
    const { entries } = succeed(await store.log(round, { limit: 10 }));
    expect(entries.filter((entry) => 'imported' in entry && entry.imported === true)).toHaveLength(2);
  });

  it('changes nothing when it is repeated', async () => {
    await bringIn(files);
    const before = await system.table.contents();
    expect(await bringIn(files)).toEqual({ kind: 'imported', imported: 0, unchanged: 2 });
    expect(await system.table.contents()).toEqual(before);
  });

  it('goes on where it was interrupted', async () => {
    const imports = importsOf(system);
    let calls = 0;
    const failing: typeof imports = {
      ...imports,
      importReturn: (...args) => {
        calls += 1;
        return calls === 2 ? Promise.reject(new Error('no connection')) : imports.importReturn(...args);
      },
    };
    await expect(bringIn(files, round, failing)).rejects.toThrow('no connection');
    expect(await bringIn(files)).toEqual({ kind: 'imported', imported: 1, unchanged: 1 });
  });

  it('is written once when two run at the same time', async () => {
    const results = await Promise.allSettled([bringIn(files), bringIn(files)]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await system.table.store.roundState(round))?.asOf.seq).toBe(3);
  });

  it('is refused whole, with every mistake by file, row and column', async () => {
    const before = await system.table.contents();
    const wrong = {
      ...files,
      'scratch-form.csv': files['scratch-form.csv'].replace(',12,', ',十二,').replace('none', 'perhaps'),
    };
    expect(await bringIn(wrong)).toEqual({
      kind: 'refused',
      errors: [
        { file: 'scratch-form.csv', row: 2, column: 'overview.meetings', message: expect.stringContaining('整数') },
        { file: 'scratch-form.csv', row: 3, column: 'overview.status', message: expect.stringContaining('選択肢') },
      ],
    });
    expect(await system.table.contents()).toEqual(before);
  });

  it('is refused whole where a return has been started or submitted', async () => {
    await saveFirst(system.table, returnOf(second));
    const result = await bringIn(files);
    expect(result).toEqual({
      kind: 'refused',
      errors: [
        { file: 'scratch-form.csv', row: 3, column: 'unit', message: expect.stringContaining('すでに別の回答') },
      ],
    });
    expect(await system.table.store.version(returnOf(first), 1)).toBeUndefined();
  });

  it.each([
    ['an empty folder', {}, 'CSVが1つもありません'],
    [
      'entries without their returns',
      { 'scratch-form.bodies.csv': files['scratch-form.bodies.csv'] },
      'このファイルがありません',
    ],
  ])('of %s is refused', async (_, given, message) => {
    const result = await bringIn(given);
    expect(result.kind === 'refused' ? result.errors.map((error) => error.message).join() : '').toContain(message);
  });

  it('with a stray quote is refused by file and row', async () => {
    expect(await bringIn({ 'scratch-form.csv': `${files['scratch-form.csv']}"r6,${second}` })).toEqual({
      kind: 'refused',
      errors: [
        {
          file: 'scratch-form.csv',
          row: files['scratch-form.csv'].split('\r\n').length,
          message: expect.stringContaining('引用符（"）が閉じられていません'),
        },
      ],
    });
  });

  it('of Shift_JIS is refused, and so is text whose characters have been lost before', async () => {
    const [start = '', rest = ''] = files['scratch-form.bodies.csv'].split('全体会');
    // 「全体会」 in Shift_JIS.
    const name = Buffer.from([0x91, 0x53, 0x91, 0xcc, 0x89, 0xef]);
    const shiftJis = Buffer.concat([Buffer.from(start), name, Buffer.from(rest)]);
    const file = 'scratch-form.bodies.csv';
    expect(await bringIn({ ...files, [file]: shiftJis })).toEqual({
      kind: 'refused',
      errors: expect.arrayContaining([{ file, message: expect.stringContaining('UTF-8で保存してください') }]),
    });
    expect(await bringIn({ ...files, [file]: shiftJis.toString('utf8') })).toEqual({
      kind: 'refused',
      errors: expect.arrayContaining([{ file, row: 2, message: expect.stringContaining('U+FFFD') }]),
    });
    expect((await system.table.store.roundState(round))?.asOf.seq).toBe(1);
  });

  it('names the rows as a spreadsheet does: empty ones count, and a cell of two lines is in one', async () => {
    const lines = [
      columns,
      '',
      `r6,${first},none,,,"一行目\r\n二行目",,,`,
      '',
      `r6,${second},perhaps,,,,,,`,
      ',,,,,,,,',
    ];
    expect(await bringIn({ 'scratch-form.csv': csv(...lines) })).toEqual({
      kind: 'refused',
      errors: [
        { file: 'scratch-form.csv', row: 5, column: 'overview.status', message: expect.stringContaining('選択肢') },
      ],
    });
  });

  it('of a file without any return is refused', async () => {
    expect(await bringIn({ 'scratch-form.csv': csv(columns) })).toEqual({
      kind: 'refused',
      errors: [{ file: 'scratch-form.csv', message: '回答の行が1つもありません。' }],
    });
  });

  it('without a column that the form has is refused, naming the file and the column', async () => {
    const before = await system.table.contents();
    const text = csv(columns.replace('overview.meetings,', ''), `r6,${first},established,1,,,,`);
    expect(await bringIn({ ...files, 'scratch-form.csv': text })).toEqual({
      kind: 'refused',
      errors: [{ file: 'scratch-form.csv', row: 1, column: 'overview.meetings', message: 'この列がありません。' }],
    });
    expect(await system.table.contents()).toEqual(before);
  });

  it('into a round that does not exist is refused', async () => {
    await expect(bringIn(files, 'R1')).rejects.toThrow('調査 R1 はありません');
  });
});

describe('an imported round', () => {
  it('is exported, corrected and compared with as any other', async () => {
    const { store } = system.table;
    const earlier = { ...definition, referenceDate: '2022-09-30', period: { from: '2021-04', to: '2022-03' } };
    succeed(await store.defineRound('r4', earlier, '県'));
    const inR4 = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file, text.replaceAll('r6', 'r4').replace(',12,', ',0,')]),
    );
    expect(await bringIn(inR4, 'r4')).toMatchObject({ kind: 'imported', imported: 2 });

    await submitReturns(system, 3, 3);
    const exportId = succeed(await system.exportRound()).exportId;
    const html = await system.bucket.readText(exportFileKey(round, exportId, 'internal/report.html'));
    expect(html).toContain('前回');

    const key = { ...returnOf(first), round: 'r4' };
    succeed(await store.decide(key, { version: 1, decision: 'return', comment: '訂正', questions: [] }, '県'));
    const { etag, answers } = succeed(await store.readDraft(key));
    expect(answers).toMatchObject({ overview: { meetings: 0 } });
    const part = { kind: 'section', section: 'overview' } as const;
    const overview = { status: 'established', meetings: 13 };
    expect(codeOf(await store.saveDraft(key, part, { answers: overview }, { ifMatch: etag(part) }, '市'))).toBe('ok');
    expect(codeOf(await store.submit(key, { actor: '市', body: '' }))).toBe('ok');
  });

  it('comes in from the files of an export', async () => {
    await submitReturns(system, 3, 3);
    const exportId = succeed(await system.exportRound()).exportId;
    const text = (name: string): Promise<string> =>
      system.bucket.readText(exportFileKey(round, exportId, `internal/${name}`));
    const exported = {
      'scratch-form.csv': await text('scratch-form.csv'),
      'scratch-form.bodies.csv': await text('scratch-form.bodies.csv'),
    };
    expect(await bringIn(exported)).toEqual({ kind: 'imported', imported: 0, unchanged: 3 });
  });
});

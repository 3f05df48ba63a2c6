/** `npm run export -- --round R6 --out DIR`: exports a round and puts its files into a folder. */

import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runExport } from '../../functions/export/run.ts';
import { createOperatorLog } from '../../functions/platform/logger.ts';
import { noMetrics } from '../../functions/platform/metrics.ts';
import { exportFileKey } from '../../functions/storage/bucket-keys.ts';
import { createExports } from '../../functions/storage/exports.ts';
import { createPublications } from '../../functions/storage/publications.ts';
import type { PrintedSettings } from '../../functions/domain/report/document.ts';
import type { ExportRecord, Exports } from '../../functions/storage/exports.ts';
import { createStore } from '../../functions/storage/store.ts';
import { problems } from '../../schemas/problem.ts';
import type { Manifest } from '../../schemas/export.ts';
import { endProgress, runCommand, say, showProgress } from './command.ts';
import { openCommandSystem } from './command-system.ts';
import type { CommandSystem } from './command-system.ts';
import { readReportSettings, reportOptions } from './report-settings.ts';

const usage = `使い方: npm run export -- --round R6 --out 出力先のフォルダ
  報告書の記載（省略したものは、画面で登録した記載事項によります）: --document-number 資料５ --meeting 会議の名称 --date 2025-01-20 --division 担当課`;
const lookEvery = 300;

async function follow(exports: Exports, round: string, exportId: string, run: Promise<void>): Promise<void> {
  const ended = run.then(() => true);
  // Awaited below; until then a failure of it must not end the process.
  ended.catch(() => undefined);
  while (!(await Promise.race([ended, wait(lookEvery, false)]))) {
    const record = await exports.export(round, exportId);
    if (record !== undefined) showProgress(`  ${record.done}/${record.total} 件`);
  }
  endProgress();
}

/** Files of another export beside these would be neither found nor checked. */
async function refuseUsed(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: unknown): string[] => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')
      throw new Error(`${out} はフォルダではありません。`);
    throw error;
  });
  if (entries.length > 0)
    throw new Error(`${out} は空ではありません。空のフォルダか、まだないフォルダを指定してください。`);
}

async function download({ bucket }: CommandSystem, { round, exportId, files }: Manifest, out: string): Promise<void> {
  for (const path of ['manifest.json', ...files.map((file) => file.path)]) {
    const target = join(out, path);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(
      Readable.from(await bucket.readStream(exportFileKey(round, exportId, path))),
      createWriteStream(target),
    );
  }
}

async function exportRound(
  system: CommandSystem,
  round: string,
  report: PrintedSettings,
): Promise<ExportRecord & { manifest: Manifest }> {
  const { storage, bucket, uploads } = system;
  const { now, randomId, forms } = storage;
  const store = createStore(storage);
  const rounds = await store.rounds();
  if (!rounds.some(({ id }) => id === round)) {
    const known = rounds.map(({ id }) => id).join('、');
    throw new Error(`調査 ${round} はありません。${known === '' ? '' : `あるのは ${known} です。`}`);
  }
  const exports = createExports(storage);
  const started = await exports.startExport(round, 'command');
  if (!started.ok) throw new Error(problems[started.problem.code].title);
  const { exportId } = started.value;
  const deps = {
    store,
    exports,
    publications: createPublications(storage),
    bucket,
    uploads,
    forms,
    report,
    workDir: tmpdir(),
    now,
    randomId,
    // Only what went wrong; the progress is on the screen.
    log: { ...createOperatorLog('export'), info: () => undefined },
    metrics: noMetrics,
  };
  await follow(exports, round, exportId, runExport(deps, round, exportId));
  const record = await exports.export(round, exportId);
  if (record?.manifest === undefined) throw new Error(`出力 ${exportId} は完了していません。`);
  return { ...record, manifest: record.manifest };
}

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { round: { type: 'string' }, out: { type: 'string' }, ...reportOptions } });
  const { round, out } = values;
  if (round === undefined || out === undefined) throw new Error(usage);
  await refuseUsed(out);
  const report = readReportSettings(values);
  const system = await openCommandSystem(process.env);
  try {
    const { manifest } = await exportRound(system, round, report);
    await download(system, manifest, out);
    for (const [form, { expected, submitted, accepted, correcting, absent = 0 }] of Object.entries(manifest.forms))
      say(
        `  ${form}  対象 ${expected}、確認済 ${accepted}（うち訂正中 ${correcting}）、提出済（確認中） ${submitted}${absent === 0 ? '' : `、回答なし ${absent}`}`,
      );
    say(
      `調査 ${round} の出力 ${manifest.exportId}（履歴番号 ${manifest.asOf.seq} 現在、${manifest.files.length} ファイル）を ${out} に保存しました。`,
    );
    say(`点検: npm run verify -- ${out}`);
    return true;
  } finally {
    await system.stop();
  }
});
